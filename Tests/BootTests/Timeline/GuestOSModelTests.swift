import BerthBoot
import BerthDiagnostics
import BerthPCI
import BerthTopology
import TestSupport
import Testing

/// The models of what runs after the firmware.
@Suite struct GuestOSModelTests {
    @Test func `every file of a model is in the registry`() throws {
        let files = try PackageRoot.files(below: "Sources/Boot/GuestOS", suffix: ".swift").filter { !$0.contains("/") }
        let support = [
            "GuestAction.swift", "GuestActionText.swift", "GuestOSModel.swift", "GuestOutcome.swift",
            "RootWindows.swift",
        ]
        let models = files.filter { !support.contains($0) }.map { String($0.dropLast(6)) }
        #expect(models == GuestOSModels.all.map { String(describing: type(of: $0)) }.sorted())
    }

    @Test(arguments: [
        ("linux-6.1", "measured"), ("linux-6.13", "measured"), ("linux-6.14", "not measured"),
        ("linux-7.2", "measured"),
        ("windows-10", "not measured"), ("firmware-only", "measured"),
    ])
    func `a model says whether it was measured`(name: String, evidence: String) throws {
        let guest = try #require(GuestOS(name))
        let model = GuestOSModels.model(for: guest)
        #expect(model.guest == guest)
        #expect(model.evidence.description == evidence)
        #expect(!model.sources.isEmpty)
    }

    /// One off/on pair a register, 64-bit BARs and their upper halves together, the ROM too.
    @Test(arguments: [
        ("linux-6.1", 6), ("linux-6.13", 6), ("linux-6.14", 1), ("linux-6.1+batched-sizing", 1), ("windows-11", 0),
        ("firmware-only", 0),
    ])
    func `an ivshmem BAR goes as often as the OS sizes`(name: String, count: Int) throws {
        let outcome = try TimelineGuest(guest: name).boot()
        let gone = outcome.events(of: "st", .bar(2)).filter { if case .unmap = $0.change { true } else { false } }
        #expect(gone.count == count)
    }

    /// Recorded with a host bridge of the vfio-user server's: `served-…-host-…`.
    @Test(arguments: ["linux-6.1", "linux-7.2"], [false, true])
    func `Linux does not switch a host bridge off, and sizes its BARs`(linux: String, isWide: Bool) throws {
        var guest = try TimelineGuest(guest: linux)
        let kind: BARKind =
            isWide
            ? .memory64(size: .mib(64), prefetchable: true) : .memory32(size: .mib(64), prefetchable: true)
        guest.topology.addedBARs = [AddedBAR(slot: guest.topology.rootSlot(0), bar: BAR(.bar(0), kind))]
        let outcome = try guest.boot()
        let address = try #require(outcome.firmware.functions[0].addresses[.bar(0)])
        #expect(address < 0xfc00_0000)
        let (low, high) = (UInt64(0xfc00_0000), 0xffff_ffff_0000_0000 | address)
        #expect(
            outcome.guest.timeline.filter { $0.function == 0 }.map(\.change) == [.map(address)]
                + (isWide
                    ? [
                        .move(from: address, to: low), .move(from: low, to: address),
                        .move(from: address, to: high), .move(from: high, to: address),
                    ] : [.unmap(address), .map(address)]))
        #expect(outcome.guest.interruptions[0].map(\.bar) == (isWide ? [.bar(0), .bar(0)] : [.bar(0)]))
        #expect(outcome.guest.interruptions[0].allSatisfy { $0.phase == .enumeration })
    }

    @Test func `Linux on a firmware that stops is a finding`() throws {
        var guest = try TimelineGuest(guest: "linux-6.1")
        guest.topology.devices += (0..<4).map { number in
            Device(
                id: "big\(number)", model: "bochs-display", at: guest.topology.rootSlot(UInt8(0x10 + number)),
                properties: [Property("vgamem", .text("256M"))])
        }
        let outcome = try guest.boot()
        #expect(outcome.firmware.halted == "out of 32bit address space")
        #expect(
            outcome.guest.findings.map(\.description) == [
                "error: Linux 6.1 does not run: the firmware stops before it [guest-os]"
            ])
    }

    @Test func `Windows 11 on SeaBIOS is a finding`() throws {
        let outcome = try TimelineGuest(guest: "windows-11").boot()
        #expect(
            outcome.guest.findings.map(\.description) == [
                "warning: Windows 11 asks for UEFI and Secure Boot; with SeaBIOS its setup refuses to start [guest-os]"
            ])
    }

    @Test(arguments: [
        ("ivshmem-plain", [String]()), ("pci-testdev", []), ("e1000e", ["e1000e"]), ("virtio-net-pci", ["virtio_pci"]),
        ("pcie-root-port", ["pcieport"]), ("nvme", ["nvme"]), ("qemu-xhci", ["xhci_pci"]), ("VGA", ["bochs"]),
    ])
    func `Linux's driver of a model`(model: String, drivers: [String]) throws {
        var topology = try TimelineGuest(guest: "linux-6.1").topology
        topology.devices = [
            Device(
                id: "x", model: model, at: topology.rootSlot(5),
                backend: model == "ivshmem-plain" ? MemoryBackend(id: "m", size: .mib(1)) : nil)
        ]
        let tree = try topology.resolved()
        let function = try #require(tree.functions.first { $0.name == "x" })
        #expect(LinuxDrivers.drivers(for: function) == drivers)
    }
}

import BerthDiagnostics
import BerthHost
import BerthIGD
import BerthPCI
import BerthPlacement
import BerthServices
import BerthStack
import BerthTopology
import Testing

struct ProblemTests {
    private static let pkg = IGDAssignment.ROM.file(path: "/igd.rom", contents: .vfioIgdPkg)

    private static func pc(_ qemu: QEMURelease, _ change: (inout GuestTopology) -> Void = { _ in }) -> GuestTopology {
        Guests.classic {
            $0.qemu = qemu
            change(&$0)
        }
    }

    private static func q35(_ qemu: QEMURelease, _ change: (inout GuestTopology) -> Void = { _ in }) -> GuestTopology {
        Guests.q35 {
            $0.qemu = qemu
            $0.igd?.rom = .hostShadow
            change(&$0)
        }
    }

    /// Tiger Lake on q35 with OVMF and VfioIgdPkg's ROM.
    private static func tigerLake(_ change: (inout GuestTopology) -> Void = { _ in }) -> GuestTopology {
        q35(.init(10, 1)) {
            $0.firmware = FirmwareChoice(.ovmf)
            $0.igd?.device = 0x9a49
            $0.igd?.rom = pkg
            change(&$0)
        }
    }

    static let first: [ProblemCase] = [
        .init(
            1, "lpc-slot-taken", .works, .noEarlyPicture,
            """
            QEMU \(.qemu, "7.2"): cannot support legacy mode due to existing devices at address 1f.0
            """, q35(.init(7, 2))),
        .init(
            1, "lpc-slot-taken", .works, .noEarlyPicture, [.release(.qemu, "9.2")],
            pc(.init(9, 2)) { $0.devices = [Device(id: "pci.2", model: "pci-bridge", at: $0.rootSlot(0x1f))] }),
        .init(
            1, "lpc-slot-taken",
            .fails, .refusesToStart, "QEMU \(.qemu, "10.1"): Cannot create LPC bridge due to existing device at 1f.0",
            q35(.init(10, 1)) { $0.igd?.set("x-igd-lpc", .bool(true)) }),
        .init(
            2, "opregion-refused",
            .fails, .refusesToStart,
            """
            does not support requested IGD OpRegion feature: the IGD has class \(digits: 0x3_8000, width: 6), not \
            VGA
            """,
            pc(.init(7, 2)) {
                $0.igd?.classCode = .otherDisplay
                $0.igd?.set("x-igd-opregion", .bool(true))
            }),
        .init(
            2, "opregion-refused",
            .fails, .refusesToStart,
            """
            does not support requested IGD OpRegion feature: the host has no OpRegion (ASLS is not set)
            """,
            pc(.init(9, 2)) {
                $0.igd?.hostASLS = 0
                $0.igd?.set("x-igd-opregion", .bool(true))
            }),
        .init(
            2, "opregion-refused",
            .degraded, .filesMissing,
            """
            QEMU \(.qemu, "10.1") offers no etc/igd-opregion: the IGD has class \(digits: 0x3_8000, width: 6), \
            not VGA
            """,
            q35(.init(10, 1)) { $0.igd?.classCode = .otherDisplay }),
        .init(
            3, "video-bios-without-stolen-memory",
            .fails, .hardwareError, leading: "Guest attempted to program IGD GTT before BIOS reserved stolen memory: ",
            [.size(72 << 20), .size(64 << 20)],
            pc(.init(7, 2)) {
                $0.ram = GuestRAM(.mib(64))
                $0.igd?.set("x-igd-gms", .number(2))
            }),
        .init(
            3, "stolen-memory-elsewhere",
            .degraded, .noStolenMemory, [.release(.qemu, "7.2"), .size(8 << 20), .size(64 << 20)],
            pc(.init(7, 2))),
        .init(
            3, "stolen-memory-elsewhere",
            .degraded, .memoryMissing, leading: "the guest has ",
            [.size(32 << 20), .size(64 << 20), .release(.qemu, "9.1"), .size(40 << 20), .size(64 << 20)],
            pc(.init(9, 1)) {
                $0.guest = .windows(10)
                $0.igd?.set("x-igd-gms", .number(1))
            }),
        .init(
            4, "windows-without-opregion",
            .fails, .code43, leading: "no OpRegion: ", [.register("ASLS", offset: 0xfc)],
            pc(.init(10, 1)) {
                $0.firmware = FirmwareChoice(.ovmf)
                $0.guest = .windows(11)
            }),
        .init(
            4, "not-at-slot-2",
            .fails, .code43,
            """
            the IGD is at \(short: Slot("pcie.0", devfn: 0x28)), and on gen 12 Windows wants it at 00:02.0
            """,
            tigerLake {
                $0.guest = .windows(11)
                $0.moveIGD(to: 5)
            }),
        .init(
            4, "no-public-gop", .fails, .code43, "no GOP driver for \(name: "Xe3") is public, and Windows wants one",
            tigerLake {
                $0.guest = .windows(11)
                $0.igd?.device = 0xb080
                $0.igd?.stolenMemory = .zero
            }),
        .init(
            4, "no-public-gop",
            .fails, .code43, "no GOP driver has set the display up, which Windows wants from gen 12 on",
            tigerLake {
                $0.guest = .windows(11)
                $0.igd?.rom = .none
            }),
        .init(
            5, "stolen-memory-at-host-address",
            .fails, .dmarFaults, leading: "the ROM has the GPU draw at the host's address",
            [.address(0x8b80_0000), .release(.qemu, "7.2")],
            q35(.init(7, 2))),
        .init(
            5, "stolen-memory-at-host-address",
            .degraded, .memoryMissing, leading: "Linux takes the host's range",
            [.address(0x8b80_0000), .release(.qemu, "7.2")],
            pc(.init(7, 2)) {
                $0.moveIGD(to: 5)
                $0.igd?.rom = .none
            }),
        // RAM is there, so that nothing faults.
        .init(
            5, "stolen-memory-at-host-address",
            .degraded, .memoryMissing, leading: "Linux takes the host's range",
            [.address(0x8b80_0000), .release(.qemu, "7.2")],
            pc(.init(7, 2)) { $0.moveIGD(to: 5) }),
        .init(
            5, "stolen-memory-at-host-address",
            .degraded, .garbledScreen, leading: "the ROM has the GPU draw into RAM of the guest",
            [.address(0x8b80_0000), .release(.qemu, "7.2")],
            pc(.init(7, 2)) {
                $0.moveIGD(to: 5)
                $0.guest = .windows(10)
            }),
        .init(
            5, "stolen-memory-at-host-address",
            .fails, .dmarFaults, leading: "the ROM has the GPU draw at the host's address",
            [.address(0xbf00_0000), .release(.qemu, "7.2")],
            pc(.init(7, 2)) {
                $0.moveIGD(to: 5)
                $0.igd?.hostStolenBase = 0xbf00_0000
            }),
        .init(
            6, "stolen-anchors-disagree",
            .degraded, .partlyBlack, "GSMBASE and BGSM still show the host's addresses, and no QEMU emulates them",
            tigerLake { $0.guest = .windows(11) }),
        .init(
            6, "reserved-part-outside",
            .degraded, .noStolenMemory,
            """
            the reserved part at the top is where the host has it, outside of what BDSM names
            """, tigerLake()),
        .init(
            8, "shadow-rom-caches-base",
            .degraded, .garbledScreen,
            """
            QEMU \(.qemu, "10.0") passes on the host's copy of the video BIOS, which draws at the host's base
            """,
            pc(.init(10, 0))),
        .init(
            9, "haswell-under-ovmf",
            .degraded, .garbledScreen,
            """
            i915 glitches were reported for Haswell in a UEFI guest with QEMU 11.0.1; nobody knows why
            """,
            q35(.init(11, 0)) {
                $0.firmware = FirmwareChoice(.ovmf)
                $0.igd?.device = 0x0412
                $0.igd?.graphicsControl = 0x0211
                $0.igd?.rom = pkg
            }),
        .init(
            10, "virtual-function",
            .fails, .refusesToStart,
            """
            \(PCIAddress(bus: 0, devfn: 0x11)) is a virtual function, which has no OpRegion
            """,
            tigerLake {
                $0.qemu = QEMURelease(10, 0)
                $0.igd?.host = PCIAddress(bus: 0, devfn: 0x11)
                $0.igd?.set("x-igd-opregion", .bool(true))
            }),
        .init(
            11, "ovmf-without-driver",
            .works, .noEarlyPicture, "OVMF has no driver for the IGD, and the ROM brings none",
            q35(.init(10, 1)) { $0.firmware = FirmwareChoice(.ovmf) }),
        .init(
            11, "ovmf-without-driver",
            .fails, .blackScreen, [],
            q35(.init(10, 1)) {
                $0.firmware = FirmwareChoice(.ovmf)
                $0.guest = .firmwareOnly
            }),
    ]

    static let second: [ProblemCase] = [
        .init(
            12, "size-property-ignored",
            .degraded, .partlyBlack,
            """
            QEMU 9.2 ignores x-igd-gms: the guest gets the host's \(bytes: 32 << 20), not \(bytes: 64 << 20)
            """,
            pc(.init(9, 2)) {
                $0.igd?.graphicsControl = 0x01c1
                $0.igd?.set("x-igd-gms", .number(2))
            }),
        .init(
            13, "windows-loses-memory",
            .degraded, .memoryMissing, leading: "Windows reads the host's control word, ",
            [.size(64 << 20), .release(.qemu, "7.2")],
            pc(.init(7, 2)) {
                $0.moveIGD(to: 5)
                $0.igd?.rom = .none
                $0.guest = .windows(10)
            }),
        .init(
            15, "files-withheld",
            .degraded, .filesMissing,
            """
            QEMU \(.qemu, "7.2") makes no etc/igd-bdsm-size: has no ROM, legacy mode disabled
            """,
            pc(.init(7, 2)) { $0.igd?.rom = .none }),
        .init(
            15, "files-withheld",
            .degraded, .filesMissing,
            """
            QEMU \(.qemu, "7.2") makes no etc/igd-bdsm-size, etc/igd-opregion was given by hand, and BDSM is not \
            emulated: has no ROM, legacy mode disabled
            """,
            pc(.init(7, 2)) {
                $0.igd?.rom = .none
                $0.firmwareFiles = [FirmwareFile(FirmwareFile.opRegion, .file(path: "op.bin", size: .kib(8)))]
            }),
        .init(
            16, "shadow-rom-is-no-video-bios",
            .works, .noEarlyPicture,
            """
            Invalid PCI ROM header signature: Intel has no video BIOS for \(name: "gen 12"), so the ROM BAR is \
            empty
            """, tigerLake { $0.igd?.rom = .hostShadow }),
        .init(
            17, "size-is-zero",
            .degraded, .garbledScreen, "the control word says 0, so that VfioIgdPkg leaves BDSM at 0",
            pc(.init(7, 2)) {
                $0.firmware = FirmwareChoice(.ovmf)
                $0.igd?.rom = pkg
            }),
        .init(
            17, "gop-without-stolen-memory",
            .degraded, .garbledScreen, leading: "the GOP driver has no memory to draw into: ",
            [.size(512 << 20), .size(512 << 20)],
            tigerLake {
                $0.ram = GuestRAM(.mib(512))
                $0.igd?.stolenMemory = .mib(512)
                $0.igd?.graphicsControl = 0x10c1
            }),
        .init(
            18, "generation-refused",
            .degraded, .filesMissing,
            """
            \(vendor: 0x8086, device: 0x7d55) is unsupported in legacy mode, try SandyBridge or newer: QEMU \
            \(.qemu, "10.0") does not know it
            """,
            q35(.init(10, 0)) {
                $0.igd?.device = 0x7d55
                $0.igd?.stolenMemory = .zero
            }),
        .init(
            19, "lpc-identity-differs",
            .works, .noEarlyPicture,
            """
            \(name: "the GOP driver") looks for the host's LPC bridge at 00:1f.0, and there is none; \
            reported to work all the same
            """,
            pc(.init(10, 1)) {
                $0.firmware = FirmwareChoice(.ovmf)
                $0.igd?.device = 0x9a49
                $0.igd?.rom = pkg
            }),
        .init(
            22, "not-a-vga-device",
            .works, .noEarlyPicture,
            """
            the IGD has class \(digits: 0x3_8000, width: 6), which SeaBIOS and legacy mode pass over
            """,
            tigerLake { $0.igd?.classCode = .otherDisplay }),
        .init(
            23, "address-above-iommu",
            .works, .dmaMappingFails,
            """
            \(name: "igd") \(name: "BAR 0") is at \(address: 0xe0_1000_0000), above the \(39) bits that the IOMMU of \
            most hosts with an IGD has: a warning; other devices cannot reach it by DMA
            """, tigerLake()),
        .init(
            23, "address-above-iommu",
            .fails, .hardwareError, [.name("frames"), .name("BAR 2"), .address(0xe0_1000_0000), .number(39)],
            tigerLake {
                var frames = Device(id: "frames", model: "ivshmem-plain", at: $0.rootSlot(4))
                frames.backend = MemoryBackend(id: "frames-memory", size: .mib(64))
                $0.devices = [frames]
            }),
        .init(
            27, "size-differs-from-host",
            .degraded, .code43,
            """
            the guest is shown \(bytes: 64 << 20) of stolen memory and the host has \(bytes: 32 << 20); Intel's driver was \
            seen to crash
            """,
            tigerLake {
                $0.guest = .windows(11)
                $0.igd?.graphicsControl = 0x01c1
                $0.igd?.set("x-igd-gms", .number(2))
            }),
    ]

    @Test(arguments: first + second)
    func `known before boot`(_ problem: ProblemCase) {
        let found = Problems.find(in: problem.guest).filter { $0.fact.rule == problem.id && $0.level == problem.level }
        #expect(found.count == 1)
        for consequence in found {
            #expect(consequence.level == problem.level && consequence.symptom == problem.symptom)
            let said = consequence.fact.statement
            #expect(said.values == problem.values, "\(said)")
            if let statement = problem.statement { #expect(said == statement) }
            if let lead = problem.lead { #expect("\(said)".hasPrefix(lead)) }
            #expect(!consequence.source.isEmpty)
        }
    }

    @Test func `the host's size is too small for Windows (24)`() throws {
        let guest = Guests.classic {
            $0.machine.maxRAMBelow4GiB = .gib(2)
            $0.guest = .windows(11)
        }
        let comparison = try Services.compare(guest)
        let cell = try #require(
            comparison.rows(of: .stolenMemory).first { $0.strategy == "host-identity" }?.cells[comparison.home])
        let verdict = Verdict.of(cell.berth, in: cell.evaluation)
        #expect(verdict.level == .degraded)
        #expect(
            verdict.deciding?.fact.description
                == "the host has 64 MiB of stolen memory, with which Windows may show nothing [host-size-too-small]")
    }

    @Test func `every problem is found somewhere, and the classic guest has none`() {
        #expect(Set((Self.first + Self.second).map(\.number)).union([20, 24, 26]).count == 23)
        let healthy = Guests.classic {
            $0.igd?.device = 0x0162
            $0.igd?.graphicsControl = 0x0211
            $0.igd?.set("x-igd-gms", .number(2))
        }
        #expect(Problems.find(in: healthy) == [])
        #expect(Verdict.of(healthy).level == .works)
        #expect(Verdict.of(healthy).deciding == nil)
    }
}

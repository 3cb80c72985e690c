import BerthDiagnostics
import BerthHost
import BerthIGD
import BerthPCI
import BerthPlacement
import BerthServices
import BerthStack
import BerthTopology
import Testing

/// A guest that has one of the problems that users keep running into, and the finding that names it.
struct ProblemCase: Sendable, CustomTestStringConvertible {
    /// As docs/problems.md counts them.
    var number: Int
    var id: RuleID
    var guest: GuestTopology
    /// `level: symptom: statement`
    var expected: String
    var testDescription: String { "\(number) \(id)" }

    init(_ number: Int, _ id: RuleID, _ expected: String, _ guest: GuestTopology) {
        self.number = number
        self.id = id
        self.guest = guest
        self.expected = expected
    }
}

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

    private static let slotTaken = "cannot support legacy mode due to existing devices at address 1f.0"
    private static let hostRegister =
        "QEMU 7.2 does not emulate BDSM here: the guest sees the host's register and cannot change it"

    static let first: [ProblemCase] = [
        .init(
            1, "lpc-slot-taken", "degraded: no picture before the OS: QEMU 7.2: \(slotTaken)", q35(.init(7, 2))),
        .init(
            1, "lpc-slot-taken", "degraded: no picture before the OS: QEMU 9.2: \(slotTaken)",
            pc(.init(9, 2)) { $0.devices = [Device(id: "pci.2", model: "pci-bridge", at: $0.rootSlot(0x1f))] }),
        .init(
            1, "lpc-slot-taken",
            "fails: QEMU does not start: QEMU 10.1: Cannot create LPC bridge due to existing device at 1f.0",
            q35(.init(10, 1)) { $0.igd?.set("x-igd-lpc", .bool(true)) }),
        .init(
            2, "opregion-refused",
            "fails: QEMU does not start: does not support requested IGD OpRegion feature: the IGD has class 038000, not VGA",
            pc(.init(7, 2)) {
                $0.igd?.classCode = .otherDisplay
                $0.igd?.set("x-igd-opregion", .bool(true))
            }),
        .init(
            2, "opregion-refused",
            "fails: QEMU does not start: does not support requested IGD OpRegion feature: the host has no OpRegion (ASLS is not set)",
            pc(.init(9, 2)) {
                $0.igd?.hostASLS = 0
                $0.igd?.set("x-igd-opregion", .bool(true))
            }),
        .init(
            2, "opregion-refused",
            "degraded: fw_cfg files are missing: QEMU 10.1 offers no etc/igd-opregion: the IGD has class 038000, not VGA",
            q35(.init(10, 1)) { $0.igd?.classCode = .otherDisplay }),
        .init(
            3, "video-bios-without-stolen-memory",
            "fails: QEMU stops with hw_error: Guest attempted to program IGD GTT before BIOS reserved stolen memory: "
                + "72 MiB do not fit into 64 MiB of RAM below 4 GiB, of which SeaBIOS keeps the top 17 MiB",
            pc(.init(7, 2)) {
                $0.ram = GuestRAM(.mib(64))
                $0.igd?.set("x-igd-gms", .number(2))
            }),
        .init(
            3, "stolen-memory-elsewhere",
            "degraded: the driver works without stolen memory: QEMU 7.2 asks the firmware for 8 MiB, not for 64 MiB",
            pc(.init(7, 2))),
        .init(
            3, "stolen-memory-elsewhere",
            "degraded: memory is missing: the guest has 32 MiB of stolen memory, not 64 MiB: "
                + "QEMU 9.1 asks the firmware for 40 MiB, not for 64 MiB",
            pc(.init(9, 1)) {
                $0.guest = .windows(10)
                $0.igd?.set("x-igd-gms", .number(1))
            }),
        .init(
            4, "windows-without-opregion",
            "fails: Code 43: no OpRegion: OVMF reads neither etc/igd-opregion nor etc/igd-bdsm-size and leaves ASLS at 0",
            pc(.init(10, 1)) {
                $0.firmware = FirmwareChoice(.ovmf)
                $0.guest = .windows(11)
            }),
        .init(
            4, "not-at-slot-2",
            "fails: Code 43: the IGD is at 00:05.0, and on gen 12 Windows wants it at 00:02.0",
            tigerLake {
                $0.guest = .windows(11)
                $0.moveIGD(to: 5)
            }),
        .init(
            4, "no-public-gop", "fails: Code 43: no GOP driver for Xe3 is public, and Windows wants one",
            tigerLake {
                $0.guest = .windows(11)
                $0.igd?.device = 0xb080
                $0.igd?.stolenMemory = .zero
            }),
        .init(
            4, "no-public-gop",
            "fails: Code 43: no GOP driver has set the display up, which Windows wants from gen 12 on",
            tigerLake {
                $0.guest = .windows(11)
                $0.igd?.rom = .none
            }),
        .init(
            5, "stolen-memory-at-host-address",
            "fails: DMAR faults: the ROM has the GPU draw at the host's address (0x8b800000): QEMU 7.2: \(slotTaken)",
            q35(.init(7, 2))),
        .init(
            5, "stolen-memory-at-host-address",
            "degraded: memory is missing: Linux takes the host's range (0x8b800000) out of its RAM: \(hostRegister)",
            pc(.init(7, 2)) {
                $0.moveIGD(to: 5)
                $0.igd?.rom = .none
            }),
        .init(
            6, "stolen-anchors-disagree",
            "degraded: part of the screen is black: GSMBASE and BGSM still show the host's addresses, and no QEMU emulates them",
            tigerLake { $0.guest = .windows(11) }),
        .init(
            6, "reserved-part-outside",
            "degraded: the driver works without stolen memory: the reserved part at the top is where the host has it, "
                + "outside of what BDSM names (not measured)", tigerLake()),
        .init(
            8, "shadow-rom-caches-base",
            "degraded: garbled picture: QEMU 10.0 passes on the host's copy of the video BIOS, which draws at the host's base",
            pc(.init(10, 0))),
        .init(
            9, "haswell-under-ovmf",
            "degraded: garbled picture: i915 glitches were reported for Haswell in a UEFI guest with QEMU 11.0.1; nobody knows why",
            q35(.init(11, 0)) {
                $0.firmware = FirmwareChoice(.ovmf)
                $0.igd?.device = 0x0412
                $0.igd?.graphicsControl = 0x0211
                $0.igd?.rom = pkg
            }),
        .init(
            10, "virtual-function",
            "fails: QEMU does not start: 0000:00:02.1 is a virtual function, which has no OpRegion",
            tigerLake { $0.igd?.host = PCIAddress(bus: 0, devfn: 0x11) }),
        .init(
            11, "ovmf-without-driver",
            "degraded: no picture before the OS: OVMF has no driver for the IGD, and the ROM brings none",
            q35(.init(10, 1)) { $0.firmware = FirmwareChoice(.ovmf) }),
        .init(
            11, "ovmf-without-driver",
            "fails: black screen: OVMF has no driver for the IGD, and the ROM brings none",
            q35(.init(10, 1)) {
                $0.firmware = FirmwareChoice(.ovmf)
                $0.guest = .firmwareOnly
            }),
    ]

    static let second: [ProblemCase] = [
        .init(
            12, "size-property-ignored",
            "degraded: part of the screen is black: QEMU 9.2 ignores x-igd-gms: the guest gets the host's 32 MiB, not 64 MiB",
            pc(.init(9, 2)) {
                $0.igd?.graphicsControl = 0x01c1
                $0.igd?.set("x-igd-gms", .number(2))
            }),
        .init(
            13, "windows-loses-memory",
            "degraded: memory is missing: Windows reads the host's control word, 64 MiB: \(hostRegister)",
            pc(.init(7, 2)) {
                $0.moveIGD(to: 5)
                $0.igd?.rom = .none
                $0.guest = .windows(10)
            }),
        .init(
            15, "files-withheld",
            "degraded: fw_cfg files are missing: QEMU 7.2 makes no etc/igd-bdsm-size: has no ROM, legacy mode disabled",
            pc(.init(7, 2)) { $0.igd?.rom = .none }),
        .init(
            15, "files-withheld",
            "degraded: fw_cfg files are missing: QEMU 7.2 makes no etc/igd-bdsm-size, etc/igd-opregion was given by hand, "
                + "and BDSM is not emulated: has no ROM, legacy mode disabled",
            pc(.init(7, 2)) {
                $0.igd?.rom = .none
                $0.firmwareFiles = [FirmwareFile(FirmwareFile.opRegion, .file(path: "op.bin", size: .kib(8)))]
            }),
        .init(
            16, "shadow-rom-is-no-video-bios",
            "degraded: no picture before the OS: Invalid PCI ROM header signature: Intel has no video BIOS for gen 12, "
                + "so the ROM BAR is empty", tigerLake { $0.igd?.rom = .hostShadow }),
        .init(
            17, "size-is-zero",
            "degraded: garbled picture: the control word says 0, so that VfioIgdPkg leaves BDSM at 0",
            pc(.init(7, 2)) {
                $0.firmware = FirmwareChoice(.ovmf)
                $0.igd?.rom = pkg
            }),
        .init(
            17, "gop-without-stolen-memory",
            "degraded: garbled picture: the GOP driver has no memory to draw into: "
                + "512 MiB do not fit into 512 MiB of RAM below 4 GiB",
            tigerLake {
                $0.ram = GuestRAM(.mib(512))
                $0.igd?.stolenMemory = .mib(512)
                $0.igd?.graphicsControl = 0x10c1
            }),
        .init(
            18, "generation-refused",
            "degraded: fw_cfg files are missing: 8086:7d55 is unsupported in legacy mode, try SandyBridge or newer: "
                + "QEMU 10.0 does not know it",
            q35(.init(10, 0)) {
                $0.igd?.device = 0x7d55
                $0.igd?.stolenMemory = .zero
            }),
        .init(
            19, "lpc-identity-differs",
            "degraded: no picture before the OS: the GOP driver looks for the host's LPC bridge at 00:1f.0, and there is none",
            pc(.init(10, 1)) {
                $0.firmware = FirmwareChoice(.ovmf)
                $0.igd?.device = 0x9a49
                $0.igd?.rom = pkg
            }),
        .init(
            22, "not-a-vga-device",
            "degraded: no picture before the OS: the IGD has class 038000, which SeaBIOS and legacy mode pass over",
            tigerLake { $0.igd?.classCode = .otherDisplay }),
        .init(
            23, "address-above-iommu",
            "degraded: vfio_container_dma_map fails: igd BAR 0 is at 0xe010000000, above the 39 bits that the IOMMU of "
                + "most hosts with an IGD has", tigerLake()),
    ]

    @Test(arguments: first + second)
    func `known before boot`(_ problem: ProblemCase) {
        let found = Problems.find(in: problem.guest).filter { $0.fact.rule == problem.id }
        #expect(
            found.map { "\($0.level.rawValue): \($0.symptom.rawValue): \($0.fact.statement)" } == [problem.expected])
        #expect(found.allSatisfy { !$0.source.isEmpty })
    }

    @Test func `the host's size is too small for Windows (24)`() throws {
        let guest = Guests.classic {
            $0.machine.maxRAMBelow4GiB = .gib(2)
            $0.guest = .windows(11)
        }
        let comparison = try Berth.compare(guest)
        let cell = try #require(
            comparison.rows(of: .stolenMemory).first { $0.strategy == "host-identity" }?.cells[comparison.home])
        let verdict = Verdict.of(cell.berth, in: cell.evaluation)
        #expect(verdict.level == .degraded)
        #expect(
            verdict.deciding?.fact.description
                == "the host has 64 MiB of stolen memory, with which Windows may show nothing [host-size-too-small]")
    }

    @Test func `every problem is found somewhere, and the classic guest has none`() {
        #expect(Set((Self.first + Self.second).map(\.number)).union([20, 24, 26]).count == 22)
        let healthy = Guests.classic { $0.igd?.set("x-igd-gms", .number(2)) }
        #expect(Problems.find(in: healthy) == [])
        #expect(Verdict.of(healthy).level == .works)
        #expect(Verdict.of(healthy).deciding == nil)
    }
}

/// QEMU's six conditions, by who depends on them (docs/igd-assign.txt).
struct ConditionTests {
    enum Consumer: String, CaseIterable, Sendable { case linux, windows, videoBIOS, gop }

    /// A guest in which one consumer has everything it needs and no other is there.
    private func guest(_ consumer: Consumer) -> GuestTopology {
        switch consumer {
        case .linux, .windows:
            Guests.q35 {
                $0.firmware = FirmwareChoice(.ovmf)
                $0.guest = consumer == .linux ? .linux(.init(6, 1)) : .windows(11)
            }
        case .videoBIOS:
            Guests.classic {
                $0.guest = .firmwareOnly
                $0.igd?.set("x-igd-gms", .number(2))
            }
        case .gop:
            Guests.classic {
                $0.qemu = QEMURelease(10, 1)
                $0.firmware = FirmwareChoice(.ovmf)
                $0.guest = .firmwareOnly
                $0.igd?.rom = .file(path: "/igd.rom", contents: .vfioIgdPkg)
                $0.igd?.set("x-igd-legacy-mode", .text("off"))
                $0.igd?.set("x-igd-lpc", .bool(true))
                $0.igd?.set("x-igd-gms", .number(2))
            }
        }
    }

    /// Condition, its rules, how it is broken, and who is hurt.
    static let conditions: [(Int, Set<RuleID>, @Sendable (inout GuestTopology) -> Void, Set<Consumer>)] = [
        (
            1,
            ["linux-without-opregion", "windows-without-opregion", "option-rom-without-opregion"],
            { $0.igd?.set("x-igd-opregion", .bool(false)) }, [.linux, .windows, .gop]
        ),
        (
            2, ["lpc-identity-differs"],
            {
                $0.igd?.set("x-igd-lpc", .bool(false))
                $0.igd?.set("x-igd-legacy-mode", .text("off"))
                if $0.firmware.kind == .seabios { $0.qemu = QEMURelease(10, 1) }
            }, [.videoBIOS, .gop]
        ),
        (3, ["not-at-slot-2"], { $0.moveIGD(to: 5) }, [.videoBIOS, .gop]),
        (4, ["not-a-vga-device"], { $0.igd?.classCode = .otherDisplay }, [.videoBIOS, .gop]),
        (5, ["vga-ranges-not-mapped"], { $0.igd?.graphicsControl = 0x02c3 }, [.videoBIOS]),
        (6, ["no-option-rom", "ovmf-without-driver"], { $0.igd?.rom = .none }, [.videoBIOS, .gop]),
    ]

    @Test(arguments: 0..<6)
    func `a broken condition hurts those who depend on it`(index: Int) {
        let (number, rules, change, hurt) = Self.conditions[index]
        for consumer in Consumer.allCases {
            var guest = guest(consumer)
            if number == 6, consumer == .linux || consumer == .windows { continue }
            change(&guest)
            let found = Problems.find(in: guest).filter { rules.contains($0.fact.rule) }
            #expect(found.isEmpty == !hurt.contains(consumer), "condition \(number), \(consumer)")
        }
    }

    @Test func `with all conditions met ROMs show a picture`() {
        for consumer in [Consumer.videoBIOS, .gop] {
            let found = Problems.find(in: guest(consumer)).filter { $0.fact.rule != "address-above-iommu" }
            #expect(found.map(\.fact.description) == [], "\(consumer)")
        }
    }

    /// In legacy mode QEMU offers the OpRegion whatever the property says; outside of it the video BIOS has none.
    @Test func `a video BIOS without OpRegion shows nothing`() {
        var guest = guest(.videoBIOS)
        guest.qemu = QEMURelease(10, 1)
        guest.igd?.set("x-igd-legacy-mode", .text("off"))
        guest.igd?.set("x-igd-opregion", .bool(false))
        #expect(
            Problems.find(in: guest).contains { $0.fact.rule == "option-rom-without-opregion" && $0.level == .fails })
    }
}

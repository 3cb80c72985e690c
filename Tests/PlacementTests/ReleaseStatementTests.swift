import BerthDiagnostics
import BerthPCI
import BerthPlacement
import BerthServices
import BerthStack
import BerthTopology
import Testing

/// What releases changed of what is said of a guest.
struct ReleaseStatementTests {
    private static let pkg = IGDAssignment.ROM.file(path: "/igd.rom", contents: .vfioIgdPkg)

    private func says(_ rule: RuleID, _ guest: GuestTopology) -> Bool {
        Problems.find(in: guest).contains { $0.fact.rule == rule }
    }

    @Test func `a virtual function that is asked for an OpRegion starts from 10_1 on`() {
        for (release, isRefused) in [(QEMURelease(9, 2), true), (.init(10, 0), true), (.init(10, 1), false)] {
            let guest = Guests.q35 {
                $0.qemu = release
                $0.igd?.host = PCIAddress(bus: 0, devfn: 0x11)
                $0.igd?.set("x-igd-opregion", .bool(true))
            }
            #expect(says("virtual-function", guest) == isRefused, "\(release)")
        }
    }

    @Test func `the host's copy of a video BIOS draws at the host's base from 10_0 to 11_0`() {
        for (release, isGarbled) in [
            (QEMURelease(9, 2), false), (.init(10, 0), true), (.init(11, 0), true), (.init(11, 1), false),
        ] {
            #expect(says("shadow-rom-caches-base", Guests.classic { $0.qemu = release }) == isGarbled, "\(release)")
        }
    }

    @Test func `another class is what guest and QEMU see, where QEMU can show one`() {
        for (release, isSeen) in [(QEMURelease(10, 0), false), (.init(10, 1), true)] {
            let guest = Guests.classic {
                $0.qemu = release
                $0.igd?.classCode = .otherDisplay
                $0.igd?.set("x-pci-class-code", .number(0x03_0000))
            }
            #expect(guest.igd?.shownClass(by: release).isVGA == isSeen)
            #expect(says("not-a-vga-device", guest) == !isSeen)
            let (tree, _) = guest.resolve()
            #expect(tree.index(at: guest.rootSlot(2)).map { tree.functions[$0].classCode.isVGA } == isSeen)
            #expect((IGDInQEMU(guest)?.legacyMode == .on) == isSeen)
        }
    }

    @Test func `a fw_cfg file that QEMU makes as well ends it`() throws {
        let byHand = { (name: String) in
            Guests.q35 {
                $0.qemu = QEMURelease(10, 0)
                $0.igd?.set("x-igd-opregion", .bool(true))
                $0.firmwareFiles = [FirmwareFile(name, .file(path: "/file", size: .kib(8)))]
            }
        }
        for name in [FirmwareFile.opRegion, FirmwareFile.stolenMemorySize] {
            let failure = IGDInQEMU(byHand(name))?.startFailure
            #expect(failure?.message == "duplicate fw_cfg file name: \(name)")
        }
        // The OpRegion by hand counts; of the size QEMU always makes its own.
        let opRegion = try #require(try Services.plan(byHand(FirmwareFile.opRegion)).plan)
        #expect(opRegion.topology.igd?[property: "x-igd-opregion"] == .bool(false))
        #expect(opRegion.topology.firmwareFiles.count == 1)
        #expect(opRegion.berth(of: .opRegion)?.strategy == "firmware-reserved")
        let size = try #require(try Services.plan(byHand(FirmwareFile.stolenMemorySize)).plan)
        #expect(size.topology.firmwareFiles.isEmpty)
        for plan in [opRegion, size] { #expect(IGDInQEMU(plan.topology)?.startFailure == nil) }
    }

    @Test func `guest RAM at the host's base can be had by a ROM for gen 11 and 12 from 10_0 on`() throws {
        func missing(_ release: QEMURelease, _ rom: IGDAssignment.ROM, device: UInt16 = 0x9a49) throws -> [String] {
            let guest = Guests.q35 {
                $0.qemu = release
                $0.firmware = FirmwareChoice(.ovmf)
                $0.igd?.device = device
                $0.igd?.rom = rom
                $0.igd?.hostStolenBase = 0x7000_0000
            }
            let request = try #require(Request(guest))
            let proposal = Strategies.strategy("host-base-ram")?.proposals(for: .stolenMemory, in: request).first
            return try #require(proposal).berth.missing.map { "\($0.party)" }
        }
        let rom = IGDAssignment.ROM.file(path: "/igd.rom", contents: .hostBase)
        #expect(try missing(.init(10, 0), rom) == [])
        #expect(try missing(.init(10, 0), Self.pkg) == ["optionROM"])
        #expect(try missing(.init(9, 2), rom) == ["firmware", "qemu"])
        #expect(try missing(.init(10, 0), rom, device: 0x5916) == ["firmware", "qemu"])
    }

    @Test func `a plan at the host's base has registers that agree, and i915 keeps its stolen memory`() throws {
        let guest = Guests.q35 {
            $0.firmware = FirmwareChoice(.ovmf)
            $0.processor = .passedThrough
            $0.igd?.device = 0x9a49
            $0.igd?.rom = .file(path: "/igd.rom", contents: .hostBase)
            $0.igd?.hostStolenBase = 0x7000_0000
        }
        for system in [GuestOS.linux(.init(6, 1)), .windows(11)] {
            var copy = guest
            copy.guest = system
            let plan = try #require(try Services.plan(copy).plan)
            #expect(plan.missing.isEmpty)
            #expect(plan.berths.map(\.strategy) == ["host-base-ram", "firmware-reserved"])
            #expect(Verdict.of(plan.evaluation).level == .works, "\(Verdict.of(plan.evaluation).losses)")
        }
    }

    @Test func `i915 reads its reserved part from gen 6 on and uses stolen memory from gen 8 on`() throws {
        for (device, control, isLost, isCertain) in [
            (UInt16(0x0162), UInt16(0x0211), false, false), (0x1616, 0x0280, true, false),
            (0x5916, 0x02c1, true, false),
            (0x8a56, 0x02c1, true, true),
        ] {
            let guest = Guests.q35 {
                $0.firmware = FirmwareChoice(.ovmf)
                $0.processor = .passedThrough
                $0.igd?.device = device
                $0.igd?.graphicsControl = control
                $0.igd?.rom = Self.pkg
            }
            let found = Problems.find(in: guest).filter { $0.fact.rule == "reserved-part-outside" }
            #expect(!found.isEmpty == isLost, "\(device)")
            #expect(found.allSatisfy { "\($0.fact)".contains("unless bit 0") != isCertain }, "\(device)")
            #expect(found.allSatisfy { !$0.source.isEmpty })
        }
    }
}

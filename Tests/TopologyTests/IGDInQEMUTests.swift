import BerthIGD
import BerthPCI
import BerthStack
import BerthTopology
import Testing

/// What each state of QEMU's IGD code does, by device and by configuration.
struct IGDInQEMUTests {
    /// What one release does with one device in a pc guest at 00:02.0 with the host's ROM.
    struct Row: Sendable, CustomTestStringConvertible {
        var device: UInt16
        var qemu: QEMURelease
        var generation: Int
        var legacyMode: IGDInQEMU.LegacyMode
        /// Offset of the emulated BDSM; nil: not emulated.
        var bdsm: Int?
        /// MiB in etc/igd-bdsm-size; nil: no file.
        var size: UInt64?
        var hasOpRegionFile: Bool
        var testDescription: String { "\(String(device, radix: 16)) in QEMU \(qemu)" }
    }

    private static let refused = IGDInQEMU.LegacyMode.refused(
        IGDRefusal(.unknownDevice, "is unsupported in legacy mode, try SandyBridge or newer"))

    /// Device id, its control word with 64 MiB of stolen memory, MiB of GTT as old QEMU counts them, and the
    /// generation in QEMU up to 9.1, in 9.2 and from 10.0 on.
    private static let devices: [(id: UInt16, word: UInt16, gtt: UInt64, generations: (Int, Int, Int))] = [
        (0x0102, 0x0211, 2, (6, 6, 6)),  // Sandy Bridge
        (0x0166, 0x0211, 2, (6, 6, 6)),  // Ivy Bridge
        (0x0412, 0x0211, 2, (6, 6, 7)),  // Haswell
        (0x0a16, 0x0211, 2, (6, 6, 7)), (0x0d22, 0x0211, 2, (6, 6, 7)),
        (0x0f31, 0x0211, 2, (6, 6, 7)),  // Valleyview
        (0x1616, 0x0280, 4, (8, 8, 8)),  // Broadwell
        (0x1912, 0x02c1, 8, (8, 8, 9)),  // Skylake
        (0x5912, 0x02c1, 8, (8, 8, 9)),  // Kaby Lake
        (0x0a84, 0x02c1, 8, (8, 8, 9)),  // Broxton, which shares its prefix with Haswell
        (0x3e92, 0x02c1, 8, (8, 9, 9)),  // Coffee Lake
        (0x3ea0, 0x02c1, 8, (8, 9, 9)),  // Whiskey Lake
        (0x3185, 0x02c1, 8, (8, -1, 9)),  // Gemini Lake
        (0x9bc5, 0x02c1, 8, (8, -1, 9)),  // Comet Lake
        (0x8a52, 0x02c1, 8, (8, -1, 11)),  // Ice Lake
        (0x4e61, 0x02c1, 8, (8, -1, 11)),  // Jasper Lake
        (0x4571, 0x02c1, 8, (8, 11, 11)),  // Elkhart Lake
        (0x9a49, 0x02c1, 8, (8, 12, 12)),  // Tiger Lake
        (0x4c8a, 0x02c1, 8, (8, -1, 12)),  // Rocket Lake
        (0x46a6, 0x02c1, 8, (8, -1, 12)),  // Alder Lake
        (0xa7a0, 0x02c1, 8, (8, -1, 12)),  // Raptor Lake
        (0x7d55, 0x02c1, 8, (8, -1, -1)),  // Meteor Lake
        (0x64a0, 0x02c1, 8, (8, -1, -1)),  // Lunar Lake
        (0xb080, 0x02c1, 8, (8, -1, -1)),  // Panther Lake
        (0x0042, 0x0211, 0, (-1, -1, -1)),  // Ironlake
        (0x2e02, 0x0211, 0, (-1, -1, -1)),  // G45
    ]

    /// The table of generations, and what follows from them in each state of the code.
    static let rows: [Row] = devices.flatMap { device -> [Row] in
        let (old, v9, v10) = device.generations
        let register = { (generation: Int) in generation >= 11 ? 0xc0 : 0x5c }
        return [
            Row(
                device: device.id, qemu: QEMURelease(7, 2), generation: old, legacyMode: old > 0 ? .on : refused,
                bdsm: old > 0 ? 0x5c : nil, size: old > 0 ? device.gtt : nil, hasOpRegionFile: old > 0),
            Row(
                device: device.id, qemu: QEMURelease(9, 2), generation: v9, legacyMode: v9 > 0 ? .on : refused,
                bdsm: v9 > 0 ? register(v9) : nil, size: v9 > 0 ? device.gtt + 64 : nil, hasOpRegionFile: v9 > 0),
            Row(
                device: device.id, qemu: QEMURelease(10, 0), generation: v10, legacyMode: v10 > 0 ? .on : .off,
                bdsm: v10 > 0 ? register(v10) : nil, size: v10 > 0 ? 64 : nil, hasOpRegionFile: v10 > 0),
            Row(
                device: device.id, qemu: QEMURelease(10, 1), generation: v10,
                legacyMode: (6...9).contains(v10) ? .on : .off, bdsm: v10 > 0 ? register(v10) : nil,
                size: v10 > 0 ? 64 : 0, hasOpRegionFile: true),
        ]
    }

    private static func guest(
        _ device: UInt16, _ qemu: QEMURelease, _ type: MachineType = .pc, rom: IGDAssignment.ROM = .hostShadow,
        _ change: (inout IGDAssignment) -> Void = { _ in }
    ) -> GuestTopology {
        var guest = GuestTopology(
            name: "t", machine: Machine(type), ram: GuestRAM(.gib(4)), firmware: .init(.seabios), qemu: qemu)
        var igd = IGDAssignment(
            slot: guest.rootSlot(2), host: PCIAddress(bus: 0, devfn: 0x10), device: device, stolenMemory: .mib(64),
            rom: rom)
        igd.graphicsControl = devices.first { $0.id == device }?.word
        change(&igd)
        guest.igd = igd
        return guest
    }

    @Test(arguments: rows)
    func `each release treats a device by its id`(row: Row) throws {
        let facts = try #require(IGDInQEMU(Self.guest(row.device, row.qemu)))
        #expect(facts.generation == row.generation)
        #expect(facts.legacyMode == row.legacyMode)
        #expect(facts.emulatedBDSM?.offset == row.bdsm)
        #expect(facts.stolenMemorySizeFile == row.size.map(ByteCount.mib))
        #expect(facts.opRegionFile == (row.hasOpRegionFile ? .kib(8) : nil))
        #expect(facts.createsLPCBridge == (row.legacyMode == .on))
        #expect(facts.startFailure == nil)
    }

    @Test(
        arguments: [
            (QEMURelease(7, 2), UInt64(72)), (QEMURelease(9, 2), 72), (QEMURelease(10, 0), 128),
            (QEMURelease(10, 1), 128),
        ] as [(QEMURelease, UInt64)])
    func `x-igd-gms changes what the firmware is asked for`(qemu: QEMURelease, size: UInt64) throws {
        // Old: GTT and the override. 9.2 ignores it. From 10.0 on it stands for the host's value.
        let guest = Self.guest(0x5912, qemu) { $0.set("x-igd-gms", .number(qemu < QEMURelease(9, 0) ? 2 : 4)) }
        #expect(try #require(IGDInQEMU(guest)).stolenMemorySizeFile == .mib(size))
    }

    @Test func `old QEMU takes multiples of 32 MiB up to code 0x10 only`() throws {
        let most = Self.guest(0x5912, QEMURelease(7, 2)) { $0.set("x-igd-gms", .number(0x10)) }
        #expect(try #require(IGDInQEMU(most)).stolenMemorySizeFile == .mib(8 + 512))
        let beyond = Self.guest(0x5912, QEMURelease(7, 2)) { $0.set("x-igd-gms", .number(0xf0)) }
        #expect(try #require(IGDInQEMU(beyond)).stolenMemorySizeFile == .mib(8))
    }

    @Test func `gen 8 without GTT counts 1 MiB in old QEMU and none in 9.2`() throws {
        for (qemu, size) in [(QEMURelease(7, 2), UInt64(1)), (QEMURelease(9, 2), 64)] {
            let guest = Self.guest(0x1616, qemu) { $0.graphicsControl = 0x0200 }
            #expect(try #require(IGDInQEMU(guest)).stolenMemorySizeFile == .mib(size))
        }
    }

    private static let occupied = "cannot support legacy mode due to existing devices at address 1f.0"

    @Test(
        arguments: [
            (MachineType.pc, IGDAssignment.ROM.none, ByteCount.kib(8), "has no ROM, legacy mode disabled"),
            (.pc, .hostShadow, .zero, "does not support OpRegion access,legacy mode disabled"),
            (.q35, .hostShadow, .kib(8), occupied), (.q35, .none, .zero, occupied),
        ] as [(MachineType, IGDAssignment.ROM, ByteCount, String)])
    func `old QEMU refuses legacy mode with its first message`(
        type: MachineType, rom: IGDAssignment.ROM, opRegion: ByteCount, message: String
    ) throws {
        for qemu in [QEMURelease(7, 2), QEMURelease(9, 2)] {
            let guest = Self.guest(0x5912, qemu, type, rom: rom) { $0.opRegion = opRegion }
            let facts = try #require(IGDInQEMU(guest))
            #expect(facts.legacyMode.refusal?.message == message)
            #expect(facts.emulatedBDSM == nil && facts.stolenMemorySizeFile == nil && facts.opRegionFile == nil)
            #expect(facts.startFailure == nil, "the guest starts all the same")
        }
    }

    @Test func `a device at 1f takes the place of the LPC bridge`() throws {
        var guest = Self.guest(0x5912, QEMURelease(7, 2))
        guest.devices = [Device(id: "net0", model: "e1000", at: guest.rootSlot(0x1f))]
        #expect(try #require(IGDInQEMU(guest)).legacyMode == .refused(IGDRefusal(.lpcSlotTaken, Self.occupied)))
        guest.qemu = QEMURelease(10, 0)
        let message = "Cannot create LPC bridge due to existing device at 1f.0"
        #expect(try #require(IGDInQEMU(guest)).legacyMode == .refused(IGDRefusal(.lpcSlotTaken, message)))
        guest.igd?.set("x-igd-legacy-mode", .text("on"))
        #expect(try #require(IGDInQEMU(guest)).startFailure?.message == message)
    }

    @Test(arguments: [QEMURelease(7, 2), QEMURelease(9, 2), QEMURelease(10, 0), QEMURelease(10, 1)])
    func `legacy mode is for a VGA device at 00 02 0`(qemu: QEMURelease) throws {
        let elsewhere = Self.guest(0x5912, qemu) { $0.slot = Slot("pci.0", devfn: 0x28) }
        #expect(try #require(IGDInQEMU(elsewhere)).legacyMode == .off)
        let display = Self.guest(0x5912, qemu) { $0.classCode = .otherDisplay }
        #expect(try #require(IGDInQEMU(display)).legacyMode == .off)
    }

    @Test(arguments: [
        (QEMURelease(10, 0), UInt16(0x5912), "Machine is not i440fx or assigned BDF is not 00:02.0"),
        (
            QEMURelease(10, 1), 0x5912,
            "Machine is not i440fx, assigned BDF is not 00:02.0, or device 5912 (gen 9) doesn't support legacy mode"
        ),
    ])
    func `legacy mode asked for on q35 keeps QEMU from starting`(
        qemu: QEMURelease, device: UInt16, message: String
    ) throws {
        let guest = Self.guest(device, qemu, .q35) { $0.set("x-igd-legacy-mode", .text("on")) }
        let facts = try #require(IGDInQEMU(guest))
        #expect(facts.legacyMode.refusal?.message == message)
        #expect(facts.startFailure?.message == message)
        #expect(try #require(IGDInQEMU(Self.guest(device, qemu, .q35))).startFailure == nil)
    }

    @Test func `10.1 has no legacy mode for gen 11 or a host without VGA decode`() throws {
        let message =
            "Machine is not i440fx, assigned BDF is not 00:02.0, or device 9a49 (gen 12) doesn't support legacy mode"
        let asked = Self.guest(0x9a49, QEMURelease(10, 1)) { $0.set("x-igd-legacy-mode", .text("on")) }
        #expect(try #require(IGDInQEMU(asked)).startFailure?.message == message)
        let blind = Self.guest(0x5912, QEMURelease(10, 1)) { $0.graphicsControl = 0x02c3 }
        #expect(try #require(IGDInQEMU(blind)).legacyMode == .off)
    }

    @Test(
        arguments: [
            (QEMURelease(7, 2), nil, false), (QEMURelease(7, 2), true, true), (QEMURelease(10, 0), nil, false),
            (QEMURelease(10, 0), true, true), (QEMURelease(10, 1), nil, true), (QEMURelease(10, 1), false, false),
        ] as [(QEMURelease, Bool?, Bool)])
    func `the OpRegion file outside of legacy mode follows x-igd-opregion`(
        qemu: QEMURelease, asked: Bool?, isThere: Bool
    ) throws {
        let guest = Self.guest(0x5912, qemu, .q35) { igd in
            if let asked { igd.set("x-igd-opregion", .bool(asked)) }
        }
        #expect((try #require(IGDInQEMU(guest)).opRegionFile != nil) == isThere)
    }

    @Test func `from 10.0 on BDSM is emulated on q35 too`() throws {
        for qemu in [QEMURelease(10, 0), QEMURelease(10, 1)] {
            let facts = try #require(IGDInQEMU(Self.guest(0x5912, qemu, .q35)))
            #expect(facts.emulatedBDSM?.offset == 0x5c)
            #expect(facts.stolenMemorySizeFile == .mib(64))
        }
        let other = Self.guest(0x5912, QEMURelease(10, 0), .q35) { $0.host = PCIAddress(bus: 0, devfn: 0x18) }
        #expect(try #require(IGDInQEMU(other)).emulatedBDSM == nil, "10.0 looks for the host's 00:02.0")
    }

    @Test func `x-igd-lpc makes a bridge on pc and fails on q35`() throws {
        let set = { (igd: inout IGDAssignment) in
            igd.set("x-igd-legacy-mode", .text("off"))
            igd.set("x-igd-lpc", .bool(true))
        }
        let onPC = try #require(IGDInQEMU(Self.guest(0x9a49, QEMURelease(10, 1), .pc, set)))
        #expect(onPC.createsLPCBridge && onPC.startFailure == nil && onPC.legacyMode == .off)
        let onQ35 = try #require(IGDInQEMU(Self.guest(0x9a49, QEMURelease(10, 1), .q35, set)))
        #expect(!onQ35.createsLPCBridge)
        #expect(onQ35.startFailure?.message == "Cannot create LPC bridge due to existing device at 1f.0")
    }

    @Test func `a display that is not VGA counts from 10.2 on`() throws {
        for (qemu, isThere) in [(QEMURelease(10, 1), false), (QEMURelease(10, 2), true)] {
            let guest = Self.guest(0x46a6, qemu, .q35) { $0.classCode = .otherDisplay }
            #expect((try #require(IGDInQEMU(guest)).emulatedBDSM != nil) == isThere)
        }
    }

    @Test func `before 2.7 and without an IGD there is nothing`() {
        #expect(IGDInQEMU(Self.guest(0x5912, QEMURelease(2, 6))) == nil)
        var guest = Self.guest(0x5912, QEMURelease(7, 2))
        guest.igd = nil
        #expect(IGDInQEMU(guest) == nil)
    }

    @Test func `files given by hand win`() {
        var guest = Self.guest(0x5912, QEMURelease(10, 1))
        #expect(guest.effectiveFirmwareFiles.map(\.name) == [FirmwareFile.opRegion, FirmwareFile.stolenMemorySize])
        guest.firmwareFiles = [FirmwareFile(FirmwareFile.stolenMemorySize, .number(1 << 20))]
        #expect(
            guest.effectiveFirmwareFiles == [
                FirmwareFile(FirmwareFile.stolenMemorySize, .number(1 << 20)),
                FirmwareFile(FirmwareFile.opRegion, .file(path: "", size: .kib(8))),
            ])
    }
}

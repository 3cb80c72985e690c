import BerthIGD
import BerthPCI
import BerthStack
import BerthTopology
import Testing

/// Every platform in every state of QEMU's IGD code: a pc guest, the IGD at 00:02.0, class VGA, a ROM.
///
/// Worked out by hand from the tables of `igd_gen` and of what each state emulates; nothing here is printed by
/// the code under test.
struct PlatformEraTests {
    /// Platform, device id, control word; then for 7.2, 9.2, 10.0 and 10.1: QEMU's generation, legacy mode (`legacy`,
    /// `off`, `refused`), the register emulated for BDSM, the control word emulated, MiB in etc/igd-bdsm-size.
    /// `-` stands for what is not there.
    static let table = """
        i830 3577 0030 | -1 refused - - - | -1 refused - - - | -1 off - - - | -1 off - - 0
        i845 2562 0030 | -1 refused - - - | -1 refused - - - | -1 off - - - | -1 off - - 0
        i855 3582 0030 | -1 refused - - - | -1 refused - - - | -1 off - - - | -1 off - - 0
        i865 2572 0030 | -1 refused - - - | -1 refused - - - | -1 off - - - | -1 off - - 0
        i915 2582 0030 | -1 refused - - - | -1 refused - - - | -1 off - - - | -1 off - - 0
        i945 2772 0030 | -1 refused - - - | -1 refused - - - | -1 off - - - | -1 off - - 0
        g33 29c2 0030 | -1 refused - - - | -1 refused - - - | -1 off - - - | -1 off - - 0
        pineview a001 0030 | -1 refused - - - | -1 refused - - - | -1 off - - - | -1 off - - 0
        i965 2972 0030 | -1 refused - - - | -1 refused - - - | -1 off - - - | -1 off - - 0
        g45 2e02 0030 | -1 refused - - - | -1 refused - - - | -1 off - - - | -1 off - - 0
        ironlake 0042 0030 | -1 refused - - - | -1 refused - - - | -1 off - - - | -1 off - - 0
        sandy-bridge 0112 0211 | 6 legacy 5c 0201 2 | 6 legacy 5c 0211 66 | 6 legacy 5c 0211 64 | 6 legacy 5c - 64
        ivy-bridge 0166 0211 | 6 legacy 5c 0201 2 | 6 legacy 5c 0211 66 | 6 legacy 5c 0211 64 | 6 legacy 5c - 64
        haswell 0412 0211 | 6 legacy 5c 0201 2 | 6 legacy 5c 0211 66 | 7 legacy 5c 0211 64 | 7 legacy 5c - 64
        valleyview 0f31 0211 | 6 legacy 5c 0201 2 | 6 legacy 5c 0211 66 | 7 legacy 5c 0211 64 | 7 legacy 5c - 64
        broadwell 1616 0280 | 8 legacy 5c 0080 4 | 8 legacy 5c 0280 68 | 8 legacy 5c 0280 64 | 8 legacy 5c - 64
        cherryview 22b1 0211 | 8 legacy 5c 0011 1 | 8 legacy 5c 0211 64 | 8 legacy 5c 0211 64 | 8 legacy 5c - 64
        skylake 1912 02c1 | 8 legacy 5c 00c1 8 | 8 legacy 5c 02c1 72 | 9 legacy 5c 02c1 64 | 9 legacy 5c - 64
        broxton 5a84 02c1 | 8 legacy 5c 00c1 8 | 8 legacy 5c 02c1 72 | 9 legacy 5c 02c1 64 | 9 legacy 5c - 64
        gemini-lake 3185 02c1 | 8 legacy 5c 00c1 8 | -1 refused - - - | 9 legacy 5c 02c1 64 | 9 legacy 5c - 64
        kaby-lake 5912 02c1 | 8 legacy 5c 00c1 8 | 8 legacy 5c 02c1 72 | 9 legacy 5c 02c1 64 | 9 legacy 5c - 64
        coffee-lake 3e92 02c1 | 8 legacy 5c 00c1 8 | 9 legacy 5c 02c1 72 | 9 legacy 5c 02c1 64 | 9 legacy 5c - 64
        comet-lake 9bc5 02c1 | 8 legacy 5c 00c1 8 | -1 refused - - - | 9 legacy 5c 02c1 64 | 9 legacy 5c - 64
        ice-lake 8a52 02c1 | 8 legacy 5c 00c1 8 | -1 refused - - - | 11 legacy c0 02c1 64 | 11 off c0 - 64
        elkhart-lake 4571 02c1 | 8 legacy 5c 00c1 8 | 11 legacy c0 02c1 72 | 11 legacy c0 02c1 64 | 11 off c0 - 64
        jasper-lake 4e61 02c1 | 8 legacy 5c 00c1 8 | -1 refused - - - | 11 legacy c0 02c1 64 | 11 off c0 - 64
        tiger-lake 9a49 02c1 | 8 legacy 5c 00c1 8 | 12 legacy c0 02c1 72 | 12 legacy c0 02c1 64 | 12 off c0 - 64
        rocket-lake 4c8a 02c1 | 8 legacy 5c 00c1 8 | -1 refused - - - | 12 legacy c0 02c1 64 | 12 off c0 - 64
        alder-lake 46a6 02c1 | 8 legacy 5c 00c1 8 | -1 refused - - - | 12 legacy c0 02c1 64 | 12 off c0 - 64
        raptor-lake a780 02c1 | 8 legacy 5c 00c1 8 | -1 refused - - - | 12 legacy c0 02c1 64 | 12 off c0 - 64
        meteor-lake 7d55 02c1 | 8 legacy 5c 00c1 8 | -1 refused - - - | -1 off - - - | -1 off - - 0
        arrow-lake 7d67 02c1 | 8 legacy 5c 00c1 8 | -1 refused - - - | -1 off - - - | -1 off - - 0
        lunar-lake 64a0 02c1 | 8 legacy 5c 00c1 8 | -1 refused - - - | -1 off - - - | -1 off - - 0
        panther-lake b080 02c1 | 8 legacy 5c 00c1 8 | -1 refused - - - | -1 off - - - | -1 off - - 0
        wildcat-lake fd80 02c1 | 8 legacy 5c 00c1 8 | -1 refused - - - | -1 off - - - | -1 off - - 0
        nova-lake d740 02c1 | 8 legacy 5c 00c1 8 | -1 refused - - - | -1 off - - - | -1 off - - 0
        """

    struct Row: Sendable, CustomTestStringConvertible {
        var platform: String
        var device: UInt16
        var word: UInt16
        /// 7.2, 9.2, 10.0, 10.1.
        var eras: [[String]]
        var testDescription: String { platform }

        init(_ line: Substring) {
            let parts = line.split(separator: "|").map { $0.split(separator: " ").map(String.init) }
            platform = parts[0][0]
            device = UInt16(parts[0][1], radix: 16) ?? 0
            word = UInt16(parts[0][2], radix: 16) ?? 0
            eras = Array(parts.dropFirst())
        }
    }

    static let rows = table.split(separator: "\n").map(Row.init)
    private static let versions = [QEMURelease(7, 2), QEMURelease(9, 2), QEMURelease(10, 0), QEMURelease(10, 1)]

    @Test func `the table has every platform once, under its own device id`() {
        #expect(Self.rows.map(\.platform) == Platform.allCases.map(\.rawValue))
        for row in Self.rows {
            #expect(Platform.identify(device: row.device)?.rawValue == row.platform)
            #expect(row.eras.count == 4)
        }
    }

    private func guest(_ row: Row, _ qemu: QEMURelease, _ type: MachineType) -> GuestTopology {
        var guest = GuestTopology(
            name: "t", machine: Machine(type), ram: GuestRAM(.gib(4)), firmware: .init(.seabios), qemu: qemu)
        var igd = IGDAssignment(
            slot: guest.rootSlot(2), host: PCIAddress(bus: 0, devfn: 0x10), device: row.device, stolenMemory: .mib(64),
            rom: .hostShadow)
        igd.graphicsControl = row.word
        guest.igd = igd
        return guest
    }

    private func text(_ facts: IGDInQEMU) -> [String] {
        let mode =
            switch facts.legacyMode {
            case .on: "legacy"
            case .off: "off"
            case .refused: "refused"
            }
        let word = String(facts.graphicsControl, radix: 16)
        return [
            "\(facts.generation)", mode, facts.emulatedBDSM.map { String($0.offset, radix: 16) } ?? "-",
            facts.emulatesGraphicsControl ? String(repeating: "0", count: 4 - word.count) + word : "-",
            facts.stolenMemorySizeFile.map { "\($0.rawValue >> 20)" } ?? "-",
        ]
    }

    @Test(arguments: rows)
    func `on pc`(row: Row) throws {
        for (version, expected) in zip(Self.versions, row.eras) {
            let facts = try #require(IGDInQEMU(guest(row, version, .pc)))
            #expect(text(facts) == expected, "\(version)")
            #expect(facts.startFailure == nil, "\(version)")
        }
    }

    /// Up to 9.2 there is nothing on q35; from 10.0 on it is as on pc, without legacy mode.
    @Test(arguments: rows)
    func `on q35`(row: Row) throws {
        for (index, version) in Self.versions.enumerated() {
            let facts = try #require(IGDInQEMU(guest(row, version, .q35)))
            let expected =
                index < 2
                ? [row.eras[index][0], "refused", "-", "-", "-"] : [row.eras[index][0], "off"] + row.eras[index][2...]
            #expect(text(facts) == expected, "\(version)")
        }
    }

    /// 10.2 differs from 10.1 for displays that are not VGA only.
    @Test(arguments: rows)
    func `10_2 on pc`(row: Row) throws {
        let facts = try #require(IGDInQEMU(guest(row, QEMURelease(10, 2), .pc)))
        #expect(text(facts) == row.eras[3])
        var display = guest(row, QEMURelease(10, 2), .pc)
        display.igd?.classCode = .otherDisplay
        #expect(text(try #require(IGDInQEMU(display))) == [row.eras[3][0], "off"] + row.eras[3][2...])
        display.qemu = QEMURelease(10, 1)
        #expect(text(try #require(IGDInQEMU(display))) == [row.eras[3][0], "off", "-", "-", "-"])
    }
}

/// `x-igd-gms` by release: what is accepted, what the guest then reads, what QEMU says of the rest.
struct SizePropertyTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var qemu: QEMURelease
        var device: UInt16
        var word: UInt16
        var gms: UInt64
        /// The word that the guest reads.
        var reads: UInt16
        /// In etc/igd-bdsm-size; nil: no file.
        var size: UInt64?
        var message: String?
        var failure: String?
        var testDescription: String { "\(qemu) \(String(device, radix: 16)) 0x\(String(gms, radix: 16))" }
    }

    static let cases: [Case] = [
        // Skylake counts as gen 8 up to 9.2, as gen 9 from 10.0 on.
        .init(qemu: .init(7, 2), device: 0x1912, word: 0x02c1, gms: 0x10, reads: 0x10c1, size: 512 + 8),
        .init(
            qemu: .init(7, 2), device: 0x1912, word: 0x02c1, gms: 0x11, reads: 0x00c1, size: 8,
            message: "Unsupported IGD GMS value 0x11"),
        .init(qemu: .init(9, 2), device: 0x1912, word: 0x02c1, gms: 0x10, reads: 0x02c1, size: 64 + 8),
        .init(qemu: .init(10, 0), device: 0x1912, word: 0x02c1, gms: 0x40, reads: 0x40c1, size: 2048),
        .init(
            qemu: .init(10, 0), device: 0x1912, word: 0x02c1, gms: 0xf0, reads: 0x02c1, size: 64,
            message: "Unsupported IGD GMS value 0xf0"),
        .init(qemu: .init(10, 1), device: 0x1912, word: 0x02c1, gms: 0xf0, reads: 0xf0c1, size: 4),
        .init(qemu: .init(10, 1), device: 0x1912, word: 0x02c1, gms: 0xfe, reads: 0xfec1, size: 60),
        .init(
            qemu: .init(10, 1), device: 0x1912, word: 0x02c1, gms: 0x41, reads: 0x02c1, size: 64,
            failure: "Parameter 'x-igd-gms' expects 0~0x40 or 0xf0~0xfe"),
        .init(qemu: .init(10, 1), device: 0x1616, word: 0x0280, gms: 0x40, reads: 0x4080, size: 2048),
        .init(
            qemu: .init(10, 1), device: 0x1616, word: 0x0280, gms: 0xf0, reads: 0x0280, size: 64,
            failure: "Parameter 'x-igd-gms' expects 0~0x40"),
        .init(qemu: .init(10, 0), device: 0x0112, word: 0x0211, gms: 0x10, reads: 0x0281, size: 512),
        .init(
            qemu: .init(10, 1), device: 0x0112, word: 0x0211, gms: 0x11, reads: 0x0211, size: 64,
            failure: "Parameter 'x-igd-gms' expects 0~0x10"),
        .init(
            qemu: .init(10, 1), device: 0x7d55, word: 0x02c1, gms: 2, reads: 0x02c1, size: 0,
            failure: "x-igd-gms is not supported on this device"),
        // 0 is the default: nothing in old releases, the host's value from 10.0 on.
        .init(qemu: .init(7, 2), device: 0x1912, word: 0x02c1, gms: 0, reads: 0x00c1, size: 8),
        .init(qemu: .init(10, 1), device: 0x1912, word: 0x02c1, gms: 0, reads: 0x02c1, size: 64),
    ]

    @Test(arguments: cases)
    func `x-igd-gms`(_ expected: Case) throws {
        var guest = GuestTopology(
            name: "t", machine: Machine(.pc), ram: GuestRAM(.gib(4)), firmware: .init(.seabios), qemu: expected.qemu)
        var igd = IGDAssignment(
            slot: guest.rootSlot(2), host: PCIAddress(bus: 0, devfn: 0x10), device: expected.device,
            stolenMemory: .mib(64), rom: .hostShadow)
        igd.graphicsControl = expected.word
        igd.set("x-igd-gms", .number(expected.gms))
        guest.igd = igd
        let facts = try #require(IGDInQEMU(guest))
        #expect(facts.graphicsControl == expected.reads)
        #expect(facts.stolenMemorySizeFile == expected.size.map(ByteCount.mib))
        #expect(facts.startFailure?.message == expected.failure)
        #expect(IGDInQEMU.messages(guest).contains { $0.contains("GMS") } == (expected.message != nil))
        if let message = expected.message { #expect(IGDInQEMU.messages(guest).contains(message)) }
    }

    @Test func `an automatic legacy mode that fails takes everything along`() throws {
        for version in [QEMURelease(10, 0), QEMURelease(10, 1)] {
            var guest = GuestTopology(
                name: "t", machine: Machine(.pc), ram: GuestRAM(.gib(4)), firmware: .init(.seabios), qemu: version)
            guest.igd = IGDAssignment(
                slot: guest.rootSlot(2), host: PCIAddress(bus: 0, devfn: 0x10), device: 0x1912, stolenMemory: .mib(64))
            let facts = try #require(IGDInQEMU(guest))
            #expect(facts.legacyMode == .refused(IGDRefusal(.noROM, "Device has no ROM")))
            #expect(facts.emulatedBDSM == nil && facts.stolenMemorySizeFile == nil && facts.opRegionFile == nil)
            let enabled = "IGD legacy mode enabled, use x-igd-legacy-mode=off to disable it if unwanted."
            #expect(
                IGDInQEMU.messages(guest)
                    == (version == QEMURelease(10, 1) ? ["OpRegion detected on Intel display 1912."] : [])
                    + [enabled, "Device has no ROM", "IGD legacy mode disabled"])
            // The OpRegion is set up before the LPC bridge, so it stays when that one fails.
            guest.igd?.rom = .hostShadow
            guest.devices = [Device(id: "net0", model: "e1000", at: guest.rootSlot(0x1f))]
            let late = try #require(IGDInQEMU(guest))
            #expect(late.opRegionFile == .kib(8) && late.stolenMemorySizeFile == nil && late.emulatedBDSM == nil)
        }
    }

    @Test(arguments: [
        (
            QEMURelease(7, 2),
            "IGD device 0000:00:02.0 cannot support legacy mode due to existing devices at address 1f.0"
        ),
        (
            QEMURelease(9, 2),
            "IGD device 0000:00:02.0 cannot support legacy mode due to existing devices at address 1f.0"
        ),
    ])
    func `old releases say why there is no legacy mode`(qemu: QEMURelease, message: String) throws {
        var guest = GuestTopology(
            name: "t", machine: Machine(.q35), ram: GuestRAM(.gib(4)), firmware: .init(.seabios), qemu: qemu)
        guest.igd = IGDAssignment(
            slot: guest.rootSlot(2), host: PCIAddress(bus: 0, devfn: 0x10), device: 0x1912, stolenMemory: .mib(64),
            rom: .hostShadow)
        #expect(IGDInQEMU.messages(guest) == [message])
        // Asked for an OpRegion that the host has not, old releases do not start.
        guest.igd?.opRegion = .zero
        guest.igd?.set("x-igd-opregion", .bool(true))
        #expect(
            try #require(IGDInQEMU(guest)).startFailure?.message == "does not support requested IGD OpRegion feature")
    }
}

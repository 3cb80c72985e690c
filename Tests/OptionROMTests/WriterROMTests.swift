import BerthDiagnostics
import BerthOptionROM
import BerthPCI
import BerthTopology
import Testing

/// The register writer's ROM.
struct WriterROMTests {
    @Test func `the ROM has an image for a BIOS and one for UEFI, and as many bytes as its BAR`() throws {
        let bytes = WriterROM.make(Self.table, vendor: 0x1af4, device: 0x1110)
        #expect(bytes.count == 16384)
        #expect(WriterROM.size.rawValue == 16384)
        let file = try ROMFile(bytes, file: "w.rom")
        #expect(file.images.map(\.code).count == 2)
        #expect(file.images[0].code == .bios)
        #expect(file.images[0].addsUp)
        #expect(file.images.map(\.vendor) == [0x1af4, 0x1af4])
        #expect(file.images.map(\.device) == [0x1110, 0x1110])
        #expect(file.images.map(\.writer) == [Self.table, Self.table])
        #expect(file.images.map(\.contents) == [[.registerWriter], [.registerWriter]])
    }

    @Test func `the same input makes the same bytes`() {
        #expect(
            WriterROM.make(Self.table, vendor: 0x1af4, device: 0x1110)
                == WriterROM.make(Self.table, vendor: 0x1af4, device: 0x1110))
    }

    static let table = WriterTable([
        .init(
            target: [0x10], carrier: [0x80], register: 0x5c, width: 4, bar: 2, vendor: 0x1af4, device: 0x1110,
            mayMove: true),
        .init(
            target: [0x10], carrier: [0xe0, 0x08], register: 0xfc, width: 4, bar: 2, vendor: 0x1af4, device: 0x1110,
            mayMove: true, file: "etc/igd-opregion"),
    ])
}

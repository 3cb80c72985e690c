import BerthPCI
import BerthTopology
import Foundation
import TestSupport
import Testing

/// The table of device models against what was recorded from QEMU 7.2, field by field.
struct RecordedModelsTests {
    private struct Model: Decodable {
        var model: String
        var vendor: UInt16
        var device: UInt16
        var subsystemVendor: UInt16?
        var subsystem: UInt16?
        var `class`: UInt32
        var revision: UInt8
        var headerType: UInt8
        var multifunction: Bool
        var interruptPin: UInt8
        var pciExpress: Bool
        var pciePortType: UInt8?
        var capabilities: [Capability]
        var bars: [Register]

        struct Capability: Decodable { var id: UInt8 }

        struct Register: Decodable {
            var index: Index
            var space: String
            var size: UInt64
            /// Left out for I/O.
            var prefetchable: Bool?
            var is64Bit: Bool?

            enum Index: Decodable {
                case number(Int)
                case word(String)
                init(from decoder: any Decoder) throws {
                    let value = try decoder.singleValueContainer()
                    self = try (try? value.decode(Int.self)).map(Index.number) ?? .word(value.decode(String.self))
                }
            }
        }
    }

    private static func recorded() throws -> [Model] {
        try JSONDecoder().decode([Model].self, from: Data(contentsOf: Recorded.folder("device-models.json")))
    }

    @Test func `the names are the recorded ones`() throws {
        let names = try Self.recorded().map(\.model).sorted()
        #expect(names.count == 112)
        #expect(DeviceCatalogue.models.map(\.name) == names)
    }

    @Test func `every row equals the recording`() throws {
        for fact in try Self.recorded() {
            let row = try #require(DeviceCatalogue.model(named: fact.model))
            let name = Comment(rawValue: fact.model)
            #expect(row.vendor == fact.vendor, name)
            #expect(row.device == fact.device, name)
            #expect(row.subsystem?.vendor == fact.subsystemVendor, name)
            #expect(row.subsystem?.device == fact.subsystem, name)
            #expect(row.classCode.rawValue == fact.class, name)
            #expect(row.revision == fact.revision, name)
            #expect(row.header.rawValue == fact.headerType, name)
            #expect(!fact.multifunction, name)
            #expect(row.interruptPin == fact.interruptPin, name)
            #expect((row.portType != nil) == fact.pciExpress, name)
            #expect(row.portType?.rawValue == fact.pciePortType, name)
            #expect(row.capabilities == fact.capabilities.map(\.id), name)
            #expect(row.bars.count == fact.bars.count, name)
            for (bar, register) in zip(row.bars, fact.bars) {
                let index: BARIndex? =
                    switch register.index {
                    case .number(let number): .bar(number)
                    case .word("rom"): .rom
                    case .word: nil
                    }
                #expect(bar.index == index, name)
                #expect(bar.kind.isIO == (register.space == "io"), name)
                #expect(bar.kind.size.rawValue == register.size, name)
                #expect(bar.kind.isPrefetchable == register.prefetchable ?? false, name)
                #expect(bar.kind.is64Bit == register.is64Bit ?? false, name)
            }
        }
    }

    @Test(arguments: [
        ("virtio-net", "virtio-net-pci"), ("ahci", "ich9-ahci"), ("lsi", "lsi53c895a"), ("e1000-82540em", "e1000"),
    ])
    func `aliases of QEMU's are known`(alias: String, model: String) {
        #expect(DeviceCatalogue.model(named: alias)?.name == model)
    }

    @Test func `a model has a line for lists`() {
        #expect(DeviceCatalogue.model(named: "qemu-xhci")?.summary == "USB controller, BAR 0 16 KiB")
    }
}

import BerthDiagnostics
import BerthPCI
import BerthStack
import BerthTopology
import Foundation
import TestSupport
import Testing

/// A model as Tests/Recorders/device-models.py writes it.
struct RecordedModel: Decodable {
    var model: String?
    /// Why there is no such function.
    var absent: String?
    var vendor: UInt16?
    var device: UInt16?
    var subsystemVendor: UInt16?
    var subsystem: UInt16?
    var `class`: UInt32?
    var revision: UInt8?
    var headerType: UInt8?
    var multifunction: Bool?
    /// Of a port: whether its slot says that it can be plugged.
    var hotPlugCapable: Bool?
    var interruptPin: UInt8?
    var pciePortType: UInt8?
    var capabilities: [Capability]?
    var bars: [Register]?

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

        var bar: BAR {
            let index: BARIndex = if case .number(let number) = index { .bar(number) } else { .rom }
            let size = ByteCount(size)
            if space == "io" { return BAR(index, .io(size: size)) }
            let prefetchable = prefetchable ?? false
            return BAR(
                index,
                is64Bit == true
                    ? .memory64(size: size, prefetchable: prefetchable)
                    : .memory32(size: size, prefetchable: prefetchable))
        }
    }
}

/// The table of device models against what was recorded from three releases of QEMU, field by field.
struct RecordedModelsTests {
    static let releases = [QEMURelease(7, 2), QEMURelease(10, 0), QEMURelease(11, 1)]
    /// Expanders are no rows of the table.
    private static let elsewhere: Set<String> = ["pxb", "pxb-pcie", "pxb-cxl"]

    private static func recorded(_ release: QEMURelease) throws -> [RecordedModel] {
        let file = Recorded.folder("device-models-\(release).json")
        return try JSONDecoder().decode([RecordedModel].self, from: Data(contentsOf: file)).filter {
            $0.absent == nil && !elsewhere.contains($0.model ?? "")
        }
    }

    @Test(arguments: zip(releases, [144, 153, 158]))
    func `a release has the recorded models, and those that only the source tells`(
        release: QEMURelease, count: Int
    ) throws {
        let names = try Self.recorded(release).compactMap(\.model)
        #expect(names.count == count)
        let others = DeviceCatalogue.namesBySource.filter { DeviceCatalogue.model(named: $0, of: release) != nil }
        #expect(DeviceCatalogue.models(of: release).map(\.name) == (names + others).sorted())
    }

    /// What `-device help` lists and no recording has: those by source, and those whose registers are their owners'.
    @Test(arguments: releases)
    func `every model that a release lists is accounted for`(release: QEMURelease) throws {
        let file = Recorded.folder("device-models-\(release).json")
        let models = try JSONDecoder().decode([RecordedModel].self, from: Data(contentsOf: file))
        let absent = models.filter { $0.absent != nil }.compactMap(\.model)
        let owned = ["vfio-pci", "vfio-pci-nohotplug", "vfio-user-pci", "x-pci-proxy-dev"]
        #expect(Set(absent).isSubset(of: Set(DeviceCatalogue.namesBySource + owned)))
        for name in DeviceCatalogue.namesBySource {
            let isListed = models.contains { $0.model == name }
            // Debian's 7.2 has no Xen emulation.
            #expect((DeviceCatalogue.model(named: name, of: release) != nil) == isListed, "\(name)")
        }
    }

    @Test(arguments: releases)
    func `every row equals the recording`(release: QEMURelease) throws {
        for fact in try Self.recorded(release) {
            let name = try #require(fact.model)
            let row = try #require(DeviceCatalogue.model(named: name, of: release), "\(name)")
            #expect(row.vendor == fact.vendor, "\(name)")
            #expect(row.device == fact.device, "\(name)")
            #expect(row.subsystem?.vendor == fact.subsystemVendor, "\(name)")
            #expect(row.subsystem?.device == fact.subsystem, "\(name)")
            #expect(row.classCode.rawValue == fact.class, "\(name)")
            #expect(row.revision == fact.revision, "\(name)")
            #expect(row.header.rawValue == fact.headerType, "\(name)")
            #expect(row.interruptPin == fact.interruptPin, "\(name)")
            #expect(row.portType?.rawValue == fact.pciePortType, "\(name)")
            #expect(row.capabilities == fact.capabilities?.map(\.id), "\(name)")
            #expect(row.bars == fact.bars?.map(\.bar), "\(name)")
        }
    }

    @Test func `a model that a release does not have is said to be missing there`() throws {
        var guest = GuestTopology(
            name: "early", machine: Machine(.q35), ram: GuestRAM(.gib(1)), firmware: FirmwareChoice(.seabios),
            devices: [Device(id: "nic", model: "igb", at: Slot("pcie.0", devfn: 3 << 3))])
        #expect(guest.resolve().findings.map(\.message) == ["QEMU 7.2 has no device model 'igb'; it came with 8.0"])
        guest.qemu = QEMURelease(8, 0)
        #expect(guest.resolve().findings.isEmpty)
    }

    @Test(arguments: [
        ("virtio-net", "virtio-net-pci"), ("ahci", "ich9-ahci"), ("lsi", "lsi53c895a"), ("e1000-82540em", "e1000"),
        ("ac97", "AC97"), ("virtio-gpu-gl", "virtio-gpu-gl-pci"), ("virtio-sound", "virtio-sound-pci"),
    ])
    func `aliases of QEMU's are known`(alias: String, model: String) {
        #expect(DeviceCatalogue.model(named: alias)?.name == model)
    }

    @Test func `a model has a line for lists`() {
        #expect(DeviceCatalogue.model(named: "qemu-xhci")?.summary == "USB controller, BAR 0 16 KiB")
    }
}

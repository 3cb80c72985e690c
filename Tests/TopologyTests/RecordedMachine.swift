import BerthPCI
import BerthStack
import BerthTopology
import Foundation
import TestSupport

/// A machine type as Tests/Recorders/machines.py wrote it, made whole: in the file one that is not the newest of its kind
/// has only what differs.
struct RecordedMachine {
    var name: String
    var functions: [Place]
    /// What `usb=on` adds.
    var usb: [Place]
    /// What is there beside the functions without `-nodefaults`.
    var defaults: [Place]
    var models: [String: RecordedModel]
    var behind: [String: RecordedModel]
    var memory: [String: Memory]
    var chipset: Chipset
    var isQ35: Bool { name.hasPrefix("pc-q35") }

    struct Place {
        var devfn: UInt8
        var fact: RecordedModel
    }

    struct Memory: Decodable {
        var below4G: UInt64
        /// Whether memory can be plugged in; recorded of two sizes.
        var plug: Bool?
        var reservedEnd: UInt64?
    }

    struct Chipset: Decodable {
        var hpet: Bool?
        var hole64Fix: Bool?
        var hole64Size: Int?
        var acpiBehindBridges: Bool?
    }

    /// What models need beside their name; the properties are those that a test compares by.
    static let backends: [String: MemoryBackend] = [
        "acpi-erst": MemoryBackend(id: "m", size: .kib(64)), "ivshmem-plain": MemoryBackend(id: "m", size: .mib(1)),
    ]
    static let properties: [String: [Property]] = [
        "virtio-9p-pci": [Property("mount_tag", .text("x"))],
        "virtio-9p-pci-transitional": [Property("mount_tag", .text("x"))],
    ]

    /// In the order of the file: newest first of each kind.
    static func all(of release: QEMURelease) throws -> [RecordedMachine] {
        let data = try Data(contentsOf: Recorded.folder("machines-\(release).json"))
        guard let rows = try JSONSerialization.jsonObject(with: data) as? [[String: Any]] else { return [] }
        var newest: [String: Any] = [:]
        return try rows.compactMap { row in
            guard let name = row["machine"] as? String else { return nil }
            if row["functions"] != nil, row["models"] != nil, row["memory"] != nil { newest = row }
            return try RecordedMachine(name, whole(row, newest))
        }
    }

    /// Tables are merged entry by entry, and what is in them field by field.
    private static func whole(_ row: [String: Any], _ newest: [String: Any]) -> [String: Any] {
        newest.merging(row) { old, new in
            guard let old = old as? [String: Any], let new = new as? [String: Any] else { return new }
            // What QEMU refuses has nothing of the model that it takes elsewhere.
            return new["absent"] != nil ? new : whole(new, old)
        }
    }

    private init(_ name: String, _ row: [String: Any]) throws {
        self.name = name
        functions = try Self.places(row["functions"])
        usb = try Self.places(row["usb"])
        defaults = try Self.places(row["defaults"])
        models = try Self.read(row["models"] ?? [:])
        behind = try Self.read(row["behind"] ?? [:])
        memory = try Self.read(row["memory"] ?? [:])
        chipset = try Self.read(row["chipset"] ?? [:])
    }

    private static func places(_ value: Any?) throws -> [Place] {
        try (value as? [[String: Any]] ?? []).compactMap { row in
            guard let slot = row["slot"] as? Int, let function = row["function"] as? Int else { return nil }
            return Place(devfn: UInt8(slot << 3 | function), fact: try read(row))
        }
    }

    private static func read<Value: Decodable>(_ value: Any) throws -> Value {
        try JSONDecoder().decode(Value.self, from: JSONSerialization.data(withJSONObject: value))
    }
}

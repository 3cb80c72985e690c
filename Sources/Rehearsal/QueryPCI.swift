public import BerthPCI

/// One function as QMP `query-pci` reports it (qapi/pci.json @ QEMU 7.2).
public struct PCIFunctionReport: Decodable, Hashable, Sendable {
    public var bus: Int
    public var slot: Int
    public var function: Int
    public var vendor: UInt16
    public var device: UInt16
    /// 16 bits: base class and subclass.
    public var classCode: UInt16
    public var qdevID: String?
    public var bars: [BAR]
    var children: [PCIFunctionReport]

    /// Itself, then what is behind it.
    var flattened: [PCIFunctionReport] { [self] + children.flatMap(\.flattened) }

    private enum Keys: String, CodingKey {
        case bus, slot, function, id, regions
        case classInfo = "class_info"
        case qdevID = "qdev_id"
        case bridge = "pci_bridge"
    }
    private struct Identity: Decodable {
        var vendor: UInt16
        var device: UInt16
    }
    private struct ClassInfo: Decodable { var `class`: UInt16 }
    private struct Bridge: Decodable { var devices: [PCIFunctionReport]? }
    private struct Region: Decodable {
        var bar: Int
        var type: String
        var size: UInt64
        var prefetch: Bool?
        var mem_type_64: Bool?

        var kind: BARKind {
            if type == "io" { return .io(size: ByteCount(size)) }
            let prefetchable = prefetch ?? false
            return mem_type_64 == true
                ? .memory64(size: ByteCount(size), prefetchable: prefetchable)
                : .memory32(size: ByteCount(size), prefetchable: prefetchable)
        }
    }

    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: Keys.self)
        bus = try values.decode(Int.self, forKey: .bus)
        slot = try values.decode(Int.self, forKey: .slot)
        function = try values.decode(Int.self, forKey: .function)
        let identity = try values.decode(Identity.self, forKey: .id)
        vendor = identity.vendor
        device = identity.device
        classCode = try values.decode(ClassInfo.self, forKey: .classInfo).class
        let id = try values.decodeIfPresent(String.self, forKey: .qdevID)
        qdevID = id?.isEmpty == false ? id : nil
        bars = try values.decode([Region].self, forKey: .regions).map {
            BAR($0.bar == 6 ? .rom : .bar($0.bar), $0.kind)
        }
        .sorted { $0.index < $1.index }
        children = try values.decodeIfPresent(Bridge.self, forKey: .bridge)?.devices ?? []
    }
}

/// The answer to `query-pci`.
struct QueryPCIReply: Decodable {
    struct Bus: Decodable { var devices: [PCIFunctionReport] }
    var buses: [Bus]
    private enum Keys: String, CodingKey { case buses = "return" }
    init(from decoder: any Decoder) throws {
        buses = try decoder.container(keyedBy: Keys.self).decode([Bus].self, forKey: .buses)
    }
}

package import BerthBoot
package import BerthPCI

/// One function as QMP `query-pci` reports it (qapi/pci.json @ QEMU 7.2).
package struct PCIFunctionReport: Decodable, Hashable, Sendable {
    package var bus: Int
    package var slot: Int
    package var function: Int
    package var vendor: UInt16
    package var device: UInt16
    /// 16 bits: base class and subclass.
    package var classCode: UInt16
    package var qdevID: String?
    package var bars: [BAR]
    /// Where BARs decode; what is off or unassigned is not here.
    package var addresses: [BARIndex: UInt64]
    /// Nil for an endpoint.
    package var bridge: Observation.BridgeRegisters?
    var children: [PCIFunctionReport]

    /// Whether the lower half of a BAR holds what writing all ones leaves.
    package var isBeingSized: Bool {
        bars.contains { bar in
            guard !bar.kind.isIO, let address = addresses[bar.index] else { return false }
            return UInt32(truncatingIfNeeded: address) == ~UInt32(truncatingIfNeeded: bar.kind.size.rawValue - 1)
                && bar.kind.size.rawValue < 1 << 31
        }
    }

    /// What is behind it, then itself.
    var flattened: [PCIFunctionReport] { children.flatMap(\.flattened) + [self] }

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
    private struct Bridge: Decodable {
        struct Bus: Decodable {
            var secondary: UInt8
            var subordinate: UInt8
            var io_range: Observation.Window
            var memory_range: Observation.Window
            var prefetchable_range: Observation.Window
        }
        var bus: Bus
        var devices: [PCIFunctionReport]?
    }
    private struct Region: Decodable {
        var bar: Int
        var type: String
        var size: UInt64
        var prefetch: Bool?
        var mem_type_64: Bool?
        /// -1 or 2^64 - 1 when nothing is decoded.
        var address: Int64?

        var index: BARIndex { bar == 6 ? .rom : .bar(bar) }

        private enum Keys: String, CodingKey { case bar, type, size, prefetch, mem_type_64, address }

        init(from decoder: any Decoder) throws {
            let values = try decoder.container(keyedBy: Keys.self)
            bar = try values.decode(Int.self, forKey: .bar)
            guard 0...6 ~= bar else {
                throw DecodingError.dataCorruptedError(forKey: .bar, in: values, debugDescription: "BARs are 0 to 6")
            }
            type = try values.decode(String.self, forKey: .type)
            size = try values.decode(UInt64.self, forKey: .size)
            guard size.nonzeroBitCount == 1 else {
                throw DecodingError.dataCorruptedError(
                    forKey: .size, in: values, debugDescription: "a BAR has a power of two")
            }
            prefetch = try values.decodeIfPresent(Bool.self, forKey: .prefetch)
            mem_type_64 = try values.decodeIfPresent(Bool.self, forKey: .mem_type_64)
            // BARs end below 2^63, so what does not fit is 2^64 - 1.
            address = (try? values.decode(Int64.self, forKey: .address)).flatMap { $0 == -1 ? nil : $0 }
        }

        var kind: BARKind {
            if type == "io" { return .io(size: ByteCount(size)) }
            let prefetchable = prefetch ?? false
            return mem_type_64 == true
                ? .memory64(size: ByteCount(size), prefetchable: prefetchable)
                : .memory32(size: ByteCount(size), prefetchable: prefetchable)
        }
    }

    package init(from decoder: any Decoder) throws {
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
        let regions = try values.decode([Region].self, forKey: .regions)
        bars = regions.map { BAR($0.index, $0.kind) }.sorted { $0.index < $1.index }
        addresses = regions.reduce(into: [:]) { table, region in
            table[region.index] = region.address.map { UInt64(bitPattern: $0) }
        }
        let below = try values.decodeIfPresent(Bridge.self, forKey: .bridge)
        bridge = below.map {
            Observation.BridgeRegisters(
                secondary: $0.bus.secondary, subordinate: $0.bus.subordinate, io: $0.bus.io_range,
                memory: $0.bus.memory_range, prefetchable: $0.bus.prefetchable_range)
        }
        children = below?.devices ?? []
    }
}

extension Observation.Function {
    /// As QMP shows it. Nil for numbers that do not fit, which QEMU never prints.
    init?(_ report: PCIFunctionReport) {
        guard let bus = UInt8(exactly: report.bus), let slot = UInt8(exactly: report.slot),
            let function = UInt8(exactly: report.function)
        else { return nil }
        self.init(
            bus: bus, slot: slot, function: function, vendor: report.vendor, device: report.device,
            class: report.classCode, id: report.qdevID,
            bars: report.bars.map { Observation.BaseAddress($0, address: report.addresses[$0.index]) },
            bridge: report.bridge)
    }
}

/// The answer to `query-pci`.
struct QueryPCIReply: Decodable {
    /// All functions, by bus, slot and function; where bus numbers repeat, what is behind a bridge first.
    var functions: [PCIFunctionReport] {
        // Virtual functions that nobody enabled, and no guest sees (10.0).
        buses.flatMap { $0.devices.flatMap(\.flattened) }.filter { $0.vendor != 0xffff }.enumerated()
            .sorted {
                ($0.element.bus, $0.element.slot, $0.element.function, $0.offset)
                    < ($1.element.bus, $1.element.slot, $1.element.function, $1.offset)
            }
            .map(\.element)
    }

    struct Bus: Decodable { var devices: [PCIFunctionReport] }
    var buses: [Bus]
    private enum Keys: String, CodingKey { case buses = "return" }
    init(from decoder: any Decoder) throws {
        buses = try decoder.container(keyedBy: Keys.self).decode([Bus].self, forKey: .buses)
    }
}

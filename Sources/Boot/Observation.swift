package import BerthPCI

/// What was observed of a guest, or predicted, in the shape of the recordings.
package struct Observation: Codable, Hashable, Sendable {
    package var halted: String?
    package var functions: [Function]?
    package var e820: [MemoryRange]?
    package var registers: [Register]?
    package var graphicsReservation: [Span]?
    package var iomem: [String]?
    package var decode: [DecodeEvent]?
    /// What Berth's option ROM said on the debug console, line by line.
    package var writer: [String]?
    /// Whether what ASLS points at is the OpRegion's file.
    package var opRegionIsThere: Bool?
    /// Not recorded: what a prediction adds.
    package var exposure: [ExposedRegion]?

    package init() {}

    package struct Function: Codable, Hashable, Sendable {
        package var bus: UInt8
        package var slot: UInt8
        package var function: UInt8
        package var vendor: UInt16
        package var device: UInt16
        /// 16 bits: base class and subclass.
        package var `class`: UInt16
        package var id: String?
        package var bars: [BaseAddress]
        package var bridge: BridgeRegisters?

        package init(
            bus: UInt8, slot: UInt8, function: UInt8, vendor: UInt16, device: UInt16, class: UInt16, id: String?,
            bars: [BaseAddress], bridge: BridgeRegisters?
        ) {
            self.bus = bus
            self.slot = slot
            self.function = function
            self.vendor = vendor
            self.device = device
            self.class = `class`
            self.id = id
            self.bars = bars
            self.bridge = bridge
        }

        /// Like the recordings: a function without a name has `null`, one without a bridge no `bridge`.
        package func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(bus, forKey: .bus)
            try container.encode(slot, forKey: .slot)
            try container.encode(function, forKey: .function)
            try container.encode(vendor, forKey: .vendor)
            try container.encode(device, forKey: .device)
            try container.encode(`class`, forKey: .class)
            try container.encode(id, forKey: .id)
            try container.encode(bars, forKey: .bars)
            try container.encodeIfPresent(bridge, forKey: .bridge)
        }
    }

    package struct BaseAddress: Codable, Hashable, Sendable {
        package var index: Index
        /// `io` or `memory`.
        package var space: String
        package var prefetchable: Bool
        package var is64Bit: Bool
        package var size: UInt64
        /// Nil when unassigned or disabled.
        package var address: UInt64?

        package init(_ bar: BAR, address: UInt64?) {
            index = Index(bar.index)
            space = bar.kind.isIO ? "io" : "memory"
            prefetchable = bar.kind.isPrefetchable
            is64Bit = bar.kind.is64Bit
            size = bar.kind.size.rawValue
            self.address = address
        }

        /// Like the recordings: an unassigned BAR has the address `null`.
        package func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(index, forKey: .index)
            try container.encode(space, forKey: .space)
            try container.encode(prefetchable, forKey: .prefetchable)
            try container.encode(is64Bit, forKey: .is64Bit)
            try container.encode(size, forKey: .size)
            try container.encode(address, forKey: .address)
        }
    }

    /// A number, or the word `rom`.
    package struct Index: Codable, Hashable, Sendable {
        package var value: BARIndex
        package init(_ value: BARIndex) { self.value = value }

        package init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            value = (try? container.decode(Int.self)).map { .bar($0) } ?? .rom
        }

        package func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            switch value {
            case .bar(let index): try container.encode(index)
            case .rom: try container.encode("rom")
            }
        }
    }

    package struct BridgeRegisters: Codable, Hashable, Sendable {
        package var secondary: UInt8
        package var subordinate: UInt8
        package var io: Window
        package var memory: Window
        package var prefetchable: Window

        package init(secondary: UInt8, subordinate: UInt8, io: Window, memory: Window, prefetchable: Window) {
            self.secondary = secondary
            self.subordinate = subordinate
            self.io = io
            self.memory = memory
            self.prefetchable = prefetchable
        }
    }

    package struct Window: Codable, Hashable, Sendable {
        package var base: UInt64
        package var limit: UInt64
        package init(base: UInt64, limit: UInt64) {
            self.base = base
            self.limit = limit
        }

        /// QMP prints numbers above 2^63 - 1 as negative ones.
        package init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            base = try Self.number(container, .base)
            limit = try Self.number(container, .limit)
        }

        package func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(Int64(bitPattern: base), forKey: .base)
            try container.encode(Int64(bitPattern: limit), forKey: .limit)
        }

        private enum CodingKeys: String, CodingKey { case base, limit }

        private static func number(
            _ container: KeyedDecodingContainer<CodingKeys>, _ key: CodingKeys
        ) throws -> UInt64 {
            if let signed = try? container.decode(Int64.self, forKey: key) { return UInt64(bitPattern: signed) }
            return try container.decode(UInt64.self, forKey: key)
        }
    }

    package struct MemoryRange: Codable, Hashable, Sendable {
        package var start: UInt64
        /// One past the last byte.
        package var end: UInt64
        /// 1 RAM, 2 reserved.
        package var type: Int
        package init(start: UInt64, end: UInt64, type: Int) {
            self.start = start
            self.end = end
            self.type = type
        }
    }

    package struct Span: Codable, Hashable, Sendable {
        package var start: UInt64
        package var end: UInt64
        package init(start: UInt64, end: UInt64) {
            self.start = start
            self.end = end
        }
    }

    package struct Register: Codable, Hashable, Sendable {
        package var bdf: String
        package var offset: Int
        package var name: String
        package var value: UInt64
        package init(bdf: String, offset: Int, name: String, value: UInt64) {
            self.bdf = bdf
            self.offset = offset
            self.name = name
            self.value = value
        }
    }

    package struct DecodeEvent: Codable, Hashable, Sendable {
        package var bdf: String
        package var bar: Int
        package var address: UInt64
        /// `map` or `unmap`.
        package var event: String
        package init(bdf: String, bar: Int, address: UInt64, event: String) {
            self.bdf = bdf
            self.bar = bar
            self.address = address
            self.event = event
        }
    }
}

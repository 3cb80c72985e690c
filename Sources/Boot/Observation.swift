public import BerthPCI

/// What was observed of a guest, or predicted, in the shape of the recordings.
public struct Observation: Codable, Hashable, Sendable {
    public var halted: String?
    public var functions: [Function]?
    public var e820: [MemoryRange]?
    public var registers: [Register]?
    public var graphicsReservation: [Span]?
    public var iomem: [String]?
    public var decode: [DecodeEvent]?
    /// Not recorded: what a prediction adds.
    public var exposure: [ExposedRegion]?

    public init() {}

    public struct Function: Codable, Hashable, Sendable {
        public var bus: UInt8
        public var slot: UInt8
        public var function: UInt8
        public var vendor: UInt16
        public var device: UInt16
        /// 16 bits: base class and subclass.
        public var `class`: UInt16
        public var id: String?
        public var bars: [BaseAddress]
        public var bridge: BridgeRegisters?

        public init(
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
        public func encode(to encoder: any Encoder) throws {
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

    public struct BaseAddress: Codable, Hashable, Sendable {
        public var index: Index
        /// `io` or `memory`.
        public var space: String
        public var prefetchable: Bool
        public var is64Bit: Bool
        public var size: UInt64
        /// Nil when unassigned or disabled.
        public var address: UInt64?

        public init(_ bar: BAR, address: UInt64?) {
            index = Index(bar.index)
            space = bar.kind.isIO ? "io" : "memory"
            prefetchable = bar.kind.isPrefetchable
            is64Bit = bar.kind.is64Bit
            size = bar.kind.size.rawValue
            self.address = address
        }

        /// Like the recordings: an unassigned BAR has the address `null`.
        public func encode(to encoder: any Encoder) throws {
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
    public struct Index: Codable, Hashable, Sendable {
        public var value: BARIndex
        public init(_ value: BARIndex) { self.value = value }

        public init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            value = (try? container.decode(Int.self)).map { .bar($0) } ?? .rom
        }

        public func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            switch value {
            case .bar(let index): try container.encode(index)
            case .rom: try container.encode("rom")
            }
        }
    }

    public struct BridgeRegisters: Codable, Hashable, Sendable {
        public var secondary: UInt8
        public var subordinate: UInt8
        public var io: Window
        public var memory: Window
        public var prefetchable: Window

        public init(secondary: UInt8, subordinate: UInt8, io: Window, memory: Window, prefetchable: Window) {
            self.secondary = secondary
            self.subordinate = subordinate
            self.io = io
            self.memory = memory
            self.prefetchable = prefetchable
        }
    }

    public struct Window: Codable, Hashable, Sendable {
        public var base: UInt64
        public var limit: UInt64
        public init(base: UInt64, limit: UInt64) {
            self.base = base
            self.limit = limit
        }

        /// QMP prints numbers above 2^63 - 1 as negative ones.
        public init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            base = try Self.number(container, .base)
            limit = try Self.number(container, .limit)
        }

        public func encode(to encoder: any Encoder) throws {
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

    public struct MemoryRange: Codable, Hashable, Sendable {
        public var start: UInt64
        /// One past the last byte.
        public var end: UInt64
        /// 1 RAM, 2 reserved.
        public var type: Int
        public init(start: UInt64, end: UInt64, type: Int) {
            self.start = start
            self.end = end
            self.type = type
        }
    }

    public struct Span: Codable, Hashable, Sendable {
        public var start: UInt64
        public var end: UInt64
    }

    public struct Register: Codable, Hashable, Sendable {
        public var bdf: String
        public var offset: Int
        public var name: String
        public var value: UInt64
        public init(bdf: String, offset: Int, name: String, value: UInt64) {
            self.bdf = bdf
            self.offset = offset
            self.name = name
            self.value = value
        }
    }

    public struct DecodeEvent: Codable, Hashable, Sendable {
        public var bdf: String
        public var bar: Int
        public var address: UInt64
        /// `map` or `unmap`.
        public var event: String
    }
}

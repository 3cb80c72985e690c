import BerthDiagnostics

/// Which base address register: 0 to 5 (0 and 1 on a bridge), or the expansion ROM's.
public enum BARIndex: Hashable, Sendable, Comparable, CustomStringConvertible {
    case bar(Int)
    case rom

    /// 0...5, the ROM as 6: the order in which firmware and Linux visit the registers.
    public var position: Int {
        switch self {
        case .bar(let index): index
        case .rom: 6
        }
    }

    public static func < (a: BARIndex, b: BARIndex) -> Bool { a.position < b.position }
    public var description: String {
        switch self {
        case .bar(let index): "BAR \(index)"
        case .rom: "ROM"
        }
    }
}

/// What a base address register decodes. Impossible pairs (prefetchable I/O, 64-bit I/O) cannot be written.
public enum BARKind: Hashable, Sendable {
    case io(size: ByteCount)
    case memory32(size: ByteCount, prefetchable: Bool)
    case memory64(size: ByteCount, prefetchable: Bool)

    public var size: ByteCount {
        switch self {
        case .io(let size), .memory32(let size, _), .memory64(let size, _): size
        }
    }

    public var isIO: Bool {
        if case .io = self { true } else { false }
    }
    public var is64Bit: Bool {
        if case .memory64 = self { true } else { false }
    }
    public var isPrefetchable: Bool {
        switch self {
        case .io: false
        case .memory32(_, let prefetchable), .memory64(_, let prefetchable): prefetchable
        }
    }
    /// A BAR decodes a naturally aligned range (PCI 3.0 §6.2.5.1).
    public var alignment: ByteCount { size }
    /// Registers it occupies: two for a 64-bit BAR.
    public var registerCount: Int { is64Bit ? 2 : 1 }

    /// The same kind with another size.
    public func resized(_ size: ByteCount) -> BARKind {
        switch self {
        case .io: .io(size: size)
        case .memory32(_, let prefetchable): .memory32(size: size, prefetchable: prefetchable)
        case .memory64(_, let prefetchable): .memory64(size: size, prefetchable: prefetchable)
        }
    }
}

extension BARKind: CustomStringConvertible {
    /// `64-bit prefetchable memory, 64 MiB`.
    public var description: String {
        switch self {
        case .io(let size): "I/O, \(size)"
        case .memory32(let size, let prefetchable):
            "32-bit \(prefetchable ? "prefetchable " : "")memory, \(size)"
        case .memory64(let size, let prefetchable):
            "64-bit \(prefetchable ? "prefetchable " : "")memory, \(size)"
        }
    }
}

/// One base address register of a function.
public struct BAR: Hashable, Sendable {
    public var index: BARIndex
    public var kind: BARKind

    public init(_ index: BARIndex, _ kind: BARKind) {
        self.index = index
        self.kind = kind
    }

    /// An expansion ROM: 32-bit, not prefetchable (PCI 3.0 §6.2.5.2).
    public static func rom(size: ByteCount) -> BAR { BAR(.rom, .memory32(size: size, prefetchable: false)) }
}

/// How many registers a header has: type 0 (endpoint), type 1 (PCI-to-PCI bridge).
public enum HeaderType: UInt8, Hashable, Sendable {
    case endpoint = 0
    case bridge = 1

    /// Base address registers besides the ROM's.
    public var registerCount: Int { self == .endpoint ? 6 : 2 }
    /// Offset of the expansion ROM register.
    public var romOffset: Int { self == .endpoint ? 0x30 : 0x38 }
}

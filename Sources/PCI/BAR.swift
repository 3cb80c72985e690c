import BerthDiagnostics

/// Which base address register: 0 to 5 (0 and 1 on a bridge), or the expansion ROM's.
package enum BARIndex: Hashable, Sendable, Comparable, CustomStringConvertible {
    case bar(Int)
    case rom

    /// 0...5, the ROM as 6: the order in which firmware and Linux visit the registers.
    package var position: Int {
        switch self {
        case .bar(let index): index
        case .rom: 6
        }
    }

    package static func < (a: BARIndex, b: BARIndex) -> Bool { a.position < b.position }
    package var description: String {
        switch self {
        case .bar(let index): "BAR \(index)"
        case .rom: "ROM"
        }
    }
}

/// What a base address register decodes. Impossible pairs (prefetchable I/O, 64-bit I/O) cannot be written.
package enum BARKind: Hashable, Sendable {
    case io(size: ByteCount)
    case memory32(size: ByteCount, prefetchable: Bool)
    case memory64(size: ByteCount, prefetchable: Bool)

    package var size: ByteCount {
        switch self {
        case .io(let size), .memory32(let size, _), .memory64(let size, _): size
        }
    }

    package var isIO: Bool {
        if case .io = self { true } else { false }
    }
    package var is64Bit: Bool {
        if case .memory64 = self { true } else { false }
    }
    package var isPrefetchable: Bool {
        switch self {
        case .io: false
        case .memory32(_, let prefetchable), .memory64(_, let prefetchable): prefetchable
        }
    }
    /// A BAR decodes a naturally aligned range (PCI 3.0 §6.2.5.1).
    package var alignment: ByteCount { size }
    /// Registers it occupies: two for a 64-bit BAR.
    package var registerCount: Int { is64Bit ? 2 : 1 }

    /// The same kind with another size.
    package func resized(_ size: ByteCount) -> BARKind {
        switch self {
        case .io: .io(size: size)
        case .memory32(_, let prefetchable): .memory32(size: size, prefetchable: prefetchable)
        case .memory64(_, let prefetchable): .memory64(size: size, prefetchable: prefetchable)
        }
    }
}

extension BARKind: CustomStringConvertible {
    /// `64-bit prefetchable memory, 64 MiB`.
    package var description: String {
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
package struct BAR: Hashable, Sendable {
    package var index: BARIndex
    package var kind: BARKind

    package init(_ index: BARIndex, _ kind: BARKind) {
        self.index = index
        self.kind = kind
    }

    /// An expansion ROM: 32-bit, not prefetchable (PCI 3.0 §6.2.5.2).
    package static func rom(size: ByteCount) -> BAR { BAR(.rom, .memory32(size: size, prefetchable: false)) }
}

/// How many registers a header has: type 0 (endpoint), type 1 (PCI-to-PCI bridge).
package enum HeaderType: UInt8, Hashable, Sendable {
    case endpoint = 0
    case bridge = 1

    /// Base address registers besides the ROM's.
    package var registerCount: Int { self == .endpoint ? 6 : 2 }
    /// Offset of the expansion ROM register.
    package var romOffset: Int { self == .endpoint ? 0x30 : 0x38 }
}

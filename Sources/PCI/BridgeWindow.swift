import BerthDiagnostics

/// A range that a PCI-to-PCI bridge forwards to its secondary bus (PCI-to-PCI Bridge 1.2 §3.2.5).
package struct BridgeWindow: Hashable, Sendable, CustomStringConvertible {
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        case io
        case memory
        case prefetchableMemory

        /// Base and limit are multiples of this: 4 KiB for I/O, 1 MiB for memory.
        package var granularity: ByteCount { self == .io ? .kib(4) : .mib(1) }

        /// Whether a BAR may sit behind a bridge in this window. A prefetchable BAR may also use the
        /// plain memory window; a BAR that is not prefetchable never the prefetchable one.
        package func accepts(_ kind: BARKind) -> Bool {
            switch self {
            case .io: kind.isIO
            case .memory: !kind.isIO
            case .prefetchableMemory: !kind.isIO && kind.isPrefetchable
            }
        }
    }

    package var kind: Kind
    package var base: UInt64
    /// The last address forwarded. Below `base` the window is closed.
    package var limit: UInt64

    package init(_ kind: Kind, base: UInt64, limit: UInt64) {
        self.kind = kind
        self.base = base
        self.limit = limit
    }

    /// What the registers read back after they were given a first and a last address: they keep what is
    /// above the granularity, and the limit reads with ones below it.
    package static func readBack(_ kind: Kind, first: UInt64, last: UInt64) -> BridgeWindow {
        let mask = kind.granularity.rawValue - 1
        return BridgeWindow(kind, base: first & ~mask, limit: last | mask)
    }

    package var isOpen: Bool { base <= limit }
    /// One byte less than all 2^64 of them.
    package var size: ByteCount { isOpen ? ByteCount(limit - base) + 1 : .zero }
    /// Base and the byte after the limit lie on the granularity.
    package var isGranular: Bool {
        let step = kind.granularity.rawValue
        return base % step == 0 && (limit &+ 1) % step == 0
    }

    package var description: String {
        isOpen ? "\(Hexadecimal.string(base))-\(Hexadecimal.string(limit))" : "closed"
    }
}

import BerthDiagnostics

/// Something that has been given addresses: the input of the one checker of invariants.
package struct PlacedRange: Hashable, Sendable {
    /// Who owns it, as messages name it: `00:03.0 BAR 2`.
    package var owner: String
    package var kind: BARKind
    package var start: UInt64
    /// Where it has to lie; nil where anything will do.
    package var window: BridgeWindow?

    package init(owner: String, kind: BARKind, start: UInt64, window: BridgeWindow? = nil) {
        self.owner = owner
        self.kind = kind
        self.start = start
        self.window = window
    }

    /// Before `start` where the range wraps, or is empty.
    var last: UInt64 { start &+ kind.size.rawValue &- 1 }
}

/// A broken invariant of an address map.
package enum PlacementViolation: Hashable, Sendable, CustomStringConvertible {
    case notPowerOfTwo(owner: String, size: ByteCount)
    case misaligned(owner: String, start: UInt64, alignment: ByteCount)
    case wraps(owner: String, start: UInt64)
    case outsideWindow(owner: String, start: UInt64, window: BridgeWindow)
    case overlap(first: String, second: String, at: UInt64)

    package var description: String {
        switch self {
        case .notPowerOfTwo(let owner, let size): "\(owner) decodes \(size), which is not a power of two"
        case .misaligned(let owner, let start, let alignment):
            "\(owner) is at \(Hexadecimal.string(start)), which is not a multiple of its size, \(alignment)"
        case .wraps(let owner, let start): "\(owner) at \(Hexadecimal.string(start)) runs past the end of its space"
        case .outsideWindow(let owner, let start, let window):
            "\(owner) at \(Hexadecimal.string(start)) lies outside the window \(window)"
        case .overlap(let first, let second, let at):
            "\(first) and \(second) both decode \(Hexadecimal.string(at))"
        }
    }
}

/// The one checker of what must hold of every address map: powers of two, natural alignment, inside the
/// window, no overlap.
package enum PlacementCheck {
    /// All violations: first those of single ranges in the order given, then overlaps by address.
    /// Sorting makes it n log n.
    package static func violations(_ ranges: [PlacedRange]) -> [PlacementViolation] {
        var found: [PlacementViolation] = []
        for range in ranges {
            let size = range.kind.size
            guard size.isPowerOfTwo else {
                found.append(.notPowerOfTwo(owner: range.owner, size: size))
                continue
            }
            if range.start % size.rawValue != 0 {
                found.append(.misaligned(owner: range.owner, start: range.start, alignment: size))
            }
            if range.last < range.start || range.kind.isIO && range.last > 0xffff {
                found.append(.wraps(owner: range.owner, start: range.start))
            }
            if let window = range.window, range.start < window.base || range.last > window.limit {
                found.append(.outsideWindow(owner: range.owner, start: range.start, window: window))
            }
        }
        for isIO in [false, true] {
            let sorted = ranges.filter { $0.kind.isIO == isIO && $0.kind.size.isPowerOfTwo }
                .sorted { ($0.start, $0.last, $0.owner) < ($1.start, $1.last, $1.owner) }
            var highest: PlacedRange?
            for range in sorted {
                if let previous = highest, range.start <= previous.last {
                    found.append(.overlap(first: previous.owner, second: range.owner, at: range.start))
                }
                if range.last >= highest?.last ?? 0 { highest = range }
            }
        }
        return found
    }
}

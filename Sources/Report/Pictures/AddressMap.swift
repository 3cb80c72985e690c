package import BerthPCI
package import BerthTopology

/// What lies where in a guest's memory addresses, nested: an aperture holds windows, a window BARs, a BAR the region it carries.
package struct AddressMap: Hashable, Sendable {
    /// By their starts.
    package let entries: [Entry]
    /// What lies in RAM at a place that nobody can tell before the guest runs.
    package let floating: [Floating]

    package struct Entry: Hashable, Sendable {
        package let range: GuestRange
        package let kind: Kind
        /// `BAR 2 of igd`
        package let name: String
        /// What there is to know besides: place, kind of BAR.
        package let facts: String
        package internal(set) var inside: [Entry] = []

        package init(range: GuestRange, kind: Kind, name: String, facts: String) {
            self.range = range
            self.kind = kind
            self.name = name
            self.facts = facts
        }

        /// Whether it, or something in it, is what the picture is about.
        package var isNotable: Bool { kind.isNotable || inside.contains { $0.isNotable } }
    }

    package struct Floating: Hashable, Sendable {
        package let region: Region
        package let size: ByteCount
        /// It lies below.
        package let limit: GuestPhysicalAddress

        package init(region: Region, size: ByteCount, limit: GuestPhysicalAddress) {
            self.region = region
            self.size = size
            self.limit = limit
        }
    }

    package enum Kind: Hashable, Sendable {
        case ram
        /// Reserved in the memory map.
        case reserved
        /// What a root bus hands out from.
        case aperture
        /// What a bridge forwards.
        case window
        case bar
        /// Of the IGD itself.
        case graphicsBAR
        /// Set aside for an option ROM, which stays disabled.
        case rom
        case region(Region)

        package var isNotable: Bool {
            switch self {
            case .graphicsBAR, .region: true
            case .ram, .reserved, .aperture, .window, .bar, .rom: false
            }
        }

        /// Windows hold windows; two BARs at the same address only lie over each other, as disabled ROMs do.
        fileprivate func holds(_ other: Kind) -> Bool { rank < other.rank || self == .window && other == .window }

        /// Of two with the same range, which holds the other.
        fileprivate var rank: Int {
            switch self {
            case .ram: 0
            case .reserved: 1
            case .aperture: 2
            case .window: 3
            case .bar, .graphicsBAR, .rom: 4
            case .region: 5
            }
        }
    }

    /// A region at its address.
    package struct Placed: Hashable, Sendable {
        package let region: Region
        package let range: GuestRange
        package let facts: String

        package init(_ region: Region, _ range: GuestRange, facts: String = "") {
            self.region = region
            self.range = range
            self.facts = facts
        }
    }

    /// `entries` in any order; what lies inside another is put there, what only overlaps it stays beside it.
    package init(_ entries: [Entry], floating: [Floating] = []) {
        self.floating = floating
        var open: [Entry] = []
        var closed: [Entry] = []
        func close() {
            guard let last = open.popLast() else { return }
            if open.isEmpty { closed.append(last) } else { open[open.count - 1].inside.append(last) }
        }
        let ordered = entries.enumerated().sorted { a, b in
            let (left, right) = (a.element, b.element)
            if left.range.start != right.range.start { return left.range.start < right.range.start }
            if left.range.size != right.range.size { return left.range.size > right.range.size }
            return (left.kind.rank, a.offset) < (right.kind.rank, b.offset)
        }
        for (_, entry) in ordered {
            while let last = open.last, !last.range.contains(entry.range) || !last.kind.holds(entry.kind) { close() }
            open.append(entry)
        }
        while !open.isEmpty { close() }
        self.entries = closed
    }
}

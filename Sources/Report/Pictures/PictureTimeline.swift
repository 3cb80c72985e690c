package import BerthBoot
package import BerthTopology

/// When each BAR decodes, and who counts on the regions meanwhile.
package struct PictureTimeline: Hashable, Sendable {
    /// Phases in which something happens or somebody counts on a region, in the order of time.
    package let columns: [Column]
    /// The regions first, then the IGD, then the others.
    package let lanes: [Lane]
    /// How many lanes there would be beside these.
    package let left: Int

    package struct Column: Hashable, Sendable, Comparable {
        /// 0 from power-on to the first reset, then one more with each.
        package let boot: Int
        package let phase: BootPhase

        package static func < (a: Column, b: Column) -> Bool { (a.boot, a.phase) < (b.boot, b.phase) }
    }

    package struct Lane: Hashable, Sendable {
        /// `stolen memory`, `BAR 2 of igd`
        package let name: String
        package let facts: String
        /// Of a region: what its exposure is called, else nil.
        package let region: Region?
        package let level: Exposure.Level?
        package let stretches: [Stretch]
        package let marks: [Mark]
        package let users: [User]
    }

    /// A time in which a BAR decodes; the ends count columns, with parts of them between two events.
    package struct Stretch: Hashable, Sendable {
        package let start: Double
        package let end: Double
        package let facts: String
    }

    /// A moment at which a region is not where somebody counts on it.
    package struct Mark: Hashable, Sendable {
        package let start: Double
        package let end: Double
        /// Whether somebody misses it then.
        package let isMissed: Bool
        package let facts: String
    }

    /// Somebody who counts on a region, from the start of one column to the end of another.
    package struct User: Hashable, Sendable {
        package let name: String
        package let first: Int
        package let last: Int
        package let facts: String
    }
}

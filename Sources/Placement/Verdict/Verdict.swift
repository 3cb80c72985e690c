package import BerthDiagnostics
import BerthTopology

/// What becomes of a guest: of one region in it, or of the guest as a whole.
package struct Verdict: Hashable, Sendable {
    package enum Level: String, Hashable, Sendable, CaseIterable, Comparable {
        /// As a consequence's: worth knowing, and no loss.
        case works
        /// It runs, and something is lost.
        case degraded
        /// The user has no picture, no driver, or no guest.
        case fails

        private var rank: Int { self == .works ? 0 : self == .degraded ? 1 : 2 }
        package static func < (a: Level, b: Level) -> Bool { a.rank < b.rank }
    }

    /// Worst first: by level, then by what the user sees; equal ones in the order in which they were found.
    package let consequences: [Consequence]

    package init(_ consequences: [Consequence]) {
        self.consequences = consequences.enumerated().sorted { a, b in
            if a.element.level != b.element.level { return b.element.level < a.element.level }
            return (a.element.symptom, a.offset) < (b.element.symptom, b.offset)
        }.map(\.element)
    }

    package var level: Level { consequences.first?.level ?? .works }
    /// What decides the level; nil where nothing is lost.
    package var deciding: Consequence? { losses.first }
    /// What is lost, the worst first; what is only worth knowing is in `notes`.
    package var losses: [Consequence] { consequences.filter { $0.level > .works } }
    package var notes: [Consequence] { consequences.filter { $0.level == .works } }
}

/// One thing that a user will see, and why.
package struct Consequence: Hashable, Sendable {
    /// `works` for what is worth knowing and no loss.
    package var level: Verdict.Level
    package var symptom: Symptom
    package var fact: Fact
    /// Where that is written.
    package var source: String

    package init(_ level: Verdict.Level, _ symptom: Symptom, _ fact: Fact, source: String) {
        self.level = level
        self.symptom = symptom
        self.fact = fact
        self.source = source
    }
}

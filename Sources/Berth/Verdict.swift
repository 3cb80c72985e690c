public import BerthDiagnostics
import BerthPlacement

/// What the user of a guest will see.
public struct Verdict: Hashable, Sendable {
    /// How bad it is, the best first.
    public enum Level: String, Hashable, Sendable, CaseIterable {
        /// Nothing is lost.
        case works
        /// It runs, and something is lost.
        case degraded
        /// There is no picture, no driver, or no guest.
        case fails
    }

    /// One thing that a user will see, and why.
    public struct Consequence: Hashable, Sendable {
        /// `degraded` or `fails`.
        public let level: Level
        /// What is seen, in words: `black screen`.
        public let symptom: String
        /// Why: lower case, no full stop.
        public let statement: String
        /// Who says so, by its name in `Catalog.rules`.
        public let rule: RuleID
        /// The smallest change known to help; nil where none is known.
        public let remedy: String?
        /// Where that is written.
        public let source: String

        init(_ consequence: BerthPlacement.Consequence) {
            level = Level(consequence.level)
            symptom = consequence.symptom.rawValue
            statement = "\(consequence.fact.statement)"
            rule = consequence.fact.rule
            remedy = consequence.fact.remedy.map { "\($0)" }
            source = consequence.source
        }
    }

    /// How bad it is, all in all.
    public let level: Level
    /// The worst first; empty where nothing is lost.
    public let consequences: [Consequence]

    /// Of a guest as it is configured, nothing planned and nothing added; with a host, also what only that decides.
    public init(of guest: Guest, host: HostMachine? = nil) {
        self.init(BerthPlacement.Verdict.of(guest.topology, host: host?.inventory))
    }

    init(_ verdict: BerthPlacement.Verdict) {
        level = Level(verdict.level)
        consequences = verdict.consequences.map(Consequence.init)
    }
}

extension Verdict.Level {
    fileprivate init(_ level: BerthPlacement.Verdict.Level) {
        self =
            switch level {
            case .works: .works
            case .degraded: .degraded
            case .fails: .fails
            }
    }
}

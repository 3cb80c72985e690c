import BerthDiagnostics
package import BerthPlacement
import BerthTopology

/// A smallest change for programs.
package struct FixEntry: Codable, Hashable, Sendable {
    /// In words, one a change.
    package var changes: [String]
    /// For comparing: docs/strategies.md has the scale.
    package var cost: Int

    package init(_ fix: Fix) {
        changes = FixText.list(fix)
        cost = fix.cost
    }

    /// Nil where nothing was found.
    init?(_ help: PlanReport.Help) {
        guard case .change(let fix) = help else { return nil }
        self.init(fix)
    }
}

/// An explanation for programs: a statement and what it follows from.
package struct ExplanationEntry: Codable, Hashable, Sendable {
    package var statement: String
    package var rule: String?
    package var because: [ExplanationEntry]?

    package init(_ explanation: Explanation) {
        switch explanation {
        case .external(let premise):
            statement = ExplanationText.words(premise)
            rule = ExplanationText.rule(premise)?.rawValue
        case .derived(let conclusion, let causes):
            statement = ExplanationText.words(conclusion)
            because = causes.map(ExplanationEntry.init)
        }
    }
}

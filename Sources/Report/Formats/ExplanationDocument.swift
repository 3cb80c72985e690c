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
            switch premise {
            case .needs: break
            case .rejects(_, let fact), .rejectsBeside(_, let fact): rule = fact.rule.rawValue
            case .conflict(_, let finding): rule = finding.rule.rawValue
            }
        case .derived(let conclusion, let causes):
            statement = ExplanationText.words(conclusion)
            because = causes.map(ExplanationEntry.init)
        }
    }
}

import BerthDiagnostics
import BerthPlacement

/// What more than one format of a plan says.
enum PlanTerms {
    static let notProven = "No berth was found before the search stopped; the guest is too large for all pairs."
    static let none = "No berth: every candidate is rejected."

    /// Where there is no plan: what would give one.
    static func change(_ help: PlanReport.Help) -> String {
        switch help {
        case .change(let fix): "Smallest change: \(FixText.words(fix))"
        case .nothing(let tried, _): "None of \(tried) changes tried helps."
        case .unfinished(let count):
            "No change was found among the first of \(count); the guest is too large for all."
        }
    }

    /// What would help a rejected candidate.
    static func help(_ help: PlanReport.Help) -> String {
        switch help {
        case .change(let fix): "would help: \(FixText.words(fix))"
        case .nothing(let tried, let instead):
            "no change of this guest helps (\(tried) tried)" + (instead.map { "; instead: \($0)" } ?? "")
        case .unfinished(let count): "not all of \(count) changes were tried: too many functions"
        }
    }
}

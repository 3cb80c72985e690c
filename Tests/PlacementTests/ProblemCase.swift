import BerthDiagnostics
import BerthPlacement
import BerthTopology
import Testing

/// A guest that has one of the problems that users keep running into, and the finding that names it.
struct ProblemCase: Sendable, CustomTestStringConvertible {
    /// As docs/problems.md counts them.
    var number: Int
    var id: RuleID
    var guest: GuestTopology
    var level: Verdict.Level
    var symptom: Symptom
    /// The whole of it; nil where a case of another or of a rule has the words.
    var statement: Statement?
    /// How it begins, before what the rule says.
    var lead: String?
    /// What stands between the words.
    var values: [Statement.Part]
    var testDescription: String { "\(number) \(id)" }

    init(
        _ number: Int, _ id: RuleID, _ level: Verdict.Level, _ symptom: Symptom, _ statement: Statement,
        _ guest: GuestTopology
    ) {
        self.init(number, id, level, symptom, statement.values, guest)
        self.statement = statement
    }

    init(
        _ number: Int, _ id: RuleID, _ level: Verdict.Level, _ symptom: Symptom, leading lead: String? = nil,
        _ values: [Statement.Part], _ guest: GuestTopology
    ) {
        self.number = number
        self.id = id
        self.level = level
        self.symptom = symptom
        self.lead = lead
        self.values = values
        self.guest = guest
    }
}

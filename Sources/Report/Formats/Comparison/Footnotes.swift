import BerthPlacement

/// Numbered notes below a table: equal ones have one number, in the order in which they are first needed.
struct Footnotes {
    private(set) var notes: [Consequence] = []
    private var numbers: [Consequence: Int] = [:]

    mutating func number(of note: Consequence) -> Int {
        if let known = numbers[note] { return known }
        notes.append(note)
        numbers[note] = notes.count
        return notes.count
    }

    /// `degraded 3`, `works`, `-` for a strategy that does not apply.
    mutating func cell(_ cell: ComparisonReport.Cell?) -> String { cell.map { deciding($0.verdict) } ?? "-" }

    /// `degraded 3`, `works`
    mutating func deciding(_ verdict: Verdict) -> String {
        verdict.deciding.map { "\(verdict.level.rawValue) \(number(of: $0))" } ?? verdict.level.rawValue
    }

    /// `fails 1`, `degraded 3, also 4, 5`, `works`.
    mutating func all(_ verdict: Verdict) -> String {
        let marks = verdict.consequences.map { "\(number(of: $0))" }
        guard let first = marks.first else { return verdict.level.rawValue }
        return "\(verdict.level.rawValue) \(first)"
            + (marks.count > 1 ? ", also \(marks.dropFirst().joined(separator: ", "))" : "")
    }
}

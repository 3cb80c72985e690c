/// Numbered notes below a table: equal ones have one number, in the order in which they are first needed.
struct Footnotes {
    private(set) var notes: [CompareDocument.ConsequenceEntry] = []
    private var numbers: [CompareDocument.ConsequenceEntry: Int] = [:]

    mutating func number(of note: CompareDocument.ConsequenceEntry) -> Int {
        if let known = numbers[note] { return known }
        notes.append(note)
        numbers[note] = notes.count
        return notes.count
    }

    /// `degraded 3`, `works`, `-` for a strategy that does not apply.
    mutating func cell(_ cell: CompareDocument.Cell?) -> String {
        guard let cell else { return "-" }
        return cell.deciding.map { "\(cell.verdict) \(number(of: $0))" } ?? cell.verdict
    }

    /// `fails 1`, `degraded 3, also 4 and 5`, `works`.
    mutating func verdict(_ entry: CompareDocument.VerdictEntry) -> String {
        let marks = entry.consequences.map { "\(number(of: $0))" }
        guard let first = marks.first else { return entry.verdict }
        return "\(entry.verdict) \(first)"
            + (marks.count > 1 ? ", also \(marks.dropFirst().joined(separator: ", "))" : "")
    }

    /// What the guest has whatever the berth.
    mutating func column(_ column: CompareDocument.Column) -> String {
        column.consequences.first.map { "\(column.verdict) \(number(of: $0))" } ?? column.verdict
    }

    static func sentence(_ note: CompareDocument.ConsequenceEntry) -> String {
        "\(note.symptom): \(note.statement) [\(note.rule)]"
    }
}

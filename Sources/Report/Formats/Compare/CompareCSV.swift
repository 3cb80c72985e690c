/// A comparison as one line for each cell, comma separated as RFC 4180 has it.
package enum CompareCSV {
    package static let head = [
        "region", "strategy", "firmware", "guest", "verdict", "symptom", "rule", "fact", "remedy", "source", "rejected",
        "emitted", "missing", "who must change", "reserved in e820", "address", "address text", "exposure",
        "hole consumed", "hot-plug", "hot-plug reason", "hot-plug source", "writable by guest", "place",
        "further consequences", "facts",
    ]

    package static func render(_ document: CompareDocument) -> String {
        var text = line(head)
        let own = document.columns.first { $0.isOwn }
        text += guest("as configured", own, document.configured.verdict, document.configured.consequences)
        for column in document.columns { text += guest("", column, column.verdict, column.consequences) }
        for row in document.rows {
            for (column, cell) in zip(document.columns, row.cells) {
                guard let cell else { continue }
                text += line([row.region, row.strategy, column.firmware, column.guest] + fields(cell))
            }
        }
        return text
    }

    private static func guest(
        _ name: String, _ column: CompareDocument.Column?, _ verdict: String,
        _ consequences: [CompareDocument.ConsequenceEntry]
    ) -> String {
        let note = consequences.first
        let start = [
            "", name, column?.firmware ?? "", column?.guest ?? "", verdict, note?.symptom ?? "", note?.rule ?? "",
            note?.statement ?? "", note?.remedy ?? "", note?.source ?? "",
        ]
        let end = [further(consequences), ""]
        return line(start + Array(repeating: "", count: head.count - start.count - end.count) + end)
    }

    private static func fields(_ cell: CompareDocument.Cell) -> [String] {
        let first = cell.deciding
        let word = { (yes: Bool) in yes ? "yes" : "no" }
        return [
            cell.verdict, first?.symptom ?? "", first?.rule ?? "", first?.statement ?? "", first?.remedy ?? "",
            first?.source ?? "", word(cell.isRejected), word(cell.canBeEmitted), cell.missing ?? "",
            cell.mustChange.joined(separator: "+"), word(cell.isReservedInE820), cell.address.map(String.init) ?? "",
            cell.addressText, cell.exposure ?? "", String(cell.holeConsumed), cell.hotPlug, cell.hotPlugReason,
            cell.hotPlugSource, cell.writable,
            cell.place, further(cell.consequences),
            cell.facts.map { "\($0.verdict): \($0.statement) [\($0.rule)]" }.joined(separator: "; "),
        ]
    }

    private static func further(_ consequences: [CompareDocument.ConsequenceEntry]) -> String {
        consequences.dropFirst().map(Footnotes.sentence).joined(separator: "; ")
    }

    private static func line(_ fields: [String]) -> String {
        fields.map(quoted).joined(separator: ",") + "\r\n"
    }

    /// Only what has to be is quoted. Every field begins with words or numbers of ours, so no spreadsheet takes one for
    /// a formula.
    private static func quoted(_ field: String) -> String {
        guard field.contains(where: { ",\"\r\n".contains($0) || $0.isNewline }) else { return field }
        return "\"" + field.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }
}

import BerthBoot
import BerthDiagnostics
import BerthPCI
import BerthPlacement
import BerthStack
import BerthTopology

/// A comparison as one line for each cell, comma separated as RFC 4180 has it.
package enum CompareCSV {
    package static let head = [
        "region", "strategy", "firmware", "guest", "verdict", "symptom", "rule", "fact", "remedy", "source", "rejected",
        "emitted", "missing", "who must change", "reserved in e820", "address", "address text", "exposure",
        "hole consumed", "hot-plug", "hot-plug reason", "hot-plug source", "writable by guest", "place",
        "further consequences", "facts",
    ]

    package static func render(_ report: ComparisonReport) -> String {
        var text = line(head)
        let own = report.columns.first { $0.isOwn }
        text += guest("as configured", own, report.configured)
        for column in report.columns { text += guest("", column, column.verdict) }
        for row in report.rows {
            for (column, cell) in zip(report.columns, row.cells) {
                guard let cell else { continue }
                text += line(
                    [row.region.rawValue, row.strategy.rawValue, "\(column.firmware)", "\(column.system)"]
                        + fields(cell))
            }
        }
        return text
    }

    private static func guest(_ name: String, _ column: ComparisonReport.Column?, _ verdict: Verdict) -> String {
        let start =
            ["", name, column.map { "\($0.firmware)" } ?? "", column.map { "\($0.system)" } ?? ""] + told(verdict)
        let end = [further(verdict), ""]
        return line(start + Array(repeating: "", count: head.count - start.count - end.count) + end)
    }

    /// The verdict and what decides it.
    private static func told(_ verdict: Verdict) -> [String] {
        let first = verdict.deciding
        return [
            verdict.level.rawValue, first?.symptom.rawValue ?? "", first?.fact.rule.rawValue ?? "",
            first.map { "\($0.fact.statement)" } ?? "", first?.fact.remedy?.description ?? "", first?.source ?? "",
        ]
    }

    private static func fields(_ cell: ComparisonReport.Cell) -> [String] {
        let traits = cell.traits
        let word = { (yes: Bool) in yes ? "yes" : "no" }
        let own: [String] = [
            word(cell.isRejected), word(cell.berth.missing.isEmpty), cell.berth.missingPiece?.description ?? "",
            ComparisonTerms.parties(traits).joined(separator: "+"), word(traits.isReservedInE820),
            traits.address.exact.map { "\($0.rawValue)" } ?? "", traits.address.description,
            traits.exposure?.level.name ?? "", "\(traits.holeConsumed.rawValue)", traits.hotPlug.answer.rawValue,
            traits.hotPlug.reason.description, traits.hotPlug.source, traits.writability.rawValue,
            Descriptions.carrier(cell.berth), further(cell.verdict),
            cell.judgements.map { "\(Descriptions.kind($0)): \($0.fact)" }.joined(separator: "; "),
        ]
        return told(cell.verdict) + own
    }

    private static func further(_ verdict: Verdict) -> String {
        verdict.consequences.dropFirst().map(VerdictText.words).joined(separator: "; ")
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

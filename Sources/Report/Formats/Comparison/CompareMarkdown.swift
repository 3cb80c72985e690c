import BerthBoot
import BerthDiagnostics
import BerthPCI
import BerthPlacement
import BerthStack
import BerthTopology

/// A comparison as Markdown tables, with everything that the JSON has of the verdicts and traits.
package enum CompareMarkdown {
    package static func render(_ report: ComparisonReport) -> String {
        let guest = report.guest
        var text = "# \(Markdown.escaped(guest.name))\n\n"
        text += "\(guest.machine.name), QEMU \(guest.qemu)"
        if let igd = guest.igd { text += ", IGD \(Descriptions.identity(igd))\(Descriptions.platform(igd))" }
        text += "\n"
        var notes = Footnotes()
        text += "\n## guest\n\nAs configured, with nothing planned or added: \(notes.all(report.configured)).\n\n"
        text += Markdown.table(
            ["firmware", "OS", "whatever the berth", "all that is known before boot"],
            report.columns.map { column in
                [
                    "\(column.firmware)", "\(column.system)", notes.deciding(column.verdict),
                    column.verdict.consequences.map(VerdictText.words).joined(separator: "; "),
                ]
            })
        for region in Region.allCases { text += table(region, report, &notes) }
        if !notes.notes.isEmpty { text += "\n## Reasons\n\n" }
        for (index, note) in notes.notes.enumerated() {
            text += "\(index + 1). \(Markdown.escaped(VerdictText.words(note)))"
            text += note.fact.remedy.map { "; would help: \(Markdown.escaped($0.description))" } ?? ""
            text += " (\(Markdown.escaped(note.source)))\n"
        }
        return text
    }

    private static func table(_ region: Region, _ report: ComparisonReport, _ notes: inout Footnotes) -> String {
        let rows = report.rows(of: region)
        guard !rows.isEmpty else { return "" }
        var text = "\n## \(region.rawValue)\n\n"
        text += Markdown.table(
            ["strategy"] + report.columns.map { "\($0.firmware), \($0.system)\($0.isOwn ? " (own)" : "")" },
            rows.map { row in [row.strategy.rawValue] + row.cells.map { notes.cell($0) } })
        for (index, column) in report.columns.enumerated() {
            text += "\n### \(region.rawValue): \(column.firmware), \(column.system)\n\n"
            text += Markdown.table(
                [
                    "strategy", "place", "emitted", "who must change", "in e820", "address", "exposure", "hole",
                    "hot-plug", "guest writes", "missing",
                ],
                rows.compactMap { row in row.cells[index].map { traits(row.strategy, $0) } })
        }
        return text
    }

    private static func traits(_ strategy: StrategyID, _ cell: ComparisonReport.Cell) -> [String] {
        let traits = cell.traits
        return [
            strategy.rawValue, Descriptions.carrier(cell.berth), cell.berth.missing.isEmpty ? "yes" : "no",
            ComparisonTerms.parties(traits).joined(separator: ", "), traits.isReservedInE820 ? "yes" : "no",
            traits.address.description, traits.exposure?.level.name ?? "-", traits.holeConsumed.description,
            "\(traits.hotPlug.answer.rawValue): \(traits.hotPlug.reason)", traits.writability.rawValue,
            cell.berth.missingPiece?.description ?? "",
        ]
    }
}

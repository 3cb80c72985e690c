import BerthDiagnostics
import BerthPlacement
import BerthStack
import BerthTopology

/// What each strategy comes to under the guest's own firmware and OS, on one screen; what cannot be had is only named.
enum BriefCompareText {
    static func render(_ report: ComparisonReport, _ layout: inout TextLayout) {
        guard let own = report.columns.firstIndex(where: \.isOwn) else { return }
        let column = report.columns[own]
        layout.line("as configured, nothing planned: \(VerdictText.sentence(report.configured))")
        ComparisonTerms.room(report).map { layout.line($0) }
        layout.line(
            "under \(column.firmware) and \(column.system), whatever the berth: \(VerdictText.sentence(column.verdict))"
        )
        for region in Region.allCases {
            let rows = report.rows(of: region).compactMap { row in row.cells[own].map { (row.strategy, $0) } }
            guard !rows.isEmpty else { continue }
            table(region, rows, &layout)
        }
        layout.blank()
        layout.line("--all: the other firmware and guest OSs, addresses, exposure, hot-plug, reasons and sources")
    }

    private static func table(
        _ region: Region, _ rows: [(strategy: StrategyID, cell: ComparisonReport.Cell)], _ layout: inout TextLayout
    ) {
        var table = TextTable()
        table.add([region.name, "verdict", "who must change", "what is lost"])
        for row in rows where row.cell.verdict.level < .fails {
            table.add(
                [
                    row.strategy.rawValue, row.cell.verdict.level.rawValue,
                    ComparisonTerms.parties(row.cell.traits).joined(separator: "+"),
                    row.cell.verdict.deciding?.symptom.rawValue ?? "-",
                ])
        }
        layout.blank()
        for line in table.lines() { layout.verbatim(line) }
        let failing = rows.filter { $0.cell.verdict.level == .fails }.map(\.strategy.rawValue)
        if !failing.isEmpty { layout.line("fails: \(failing.joined(separator: ", "))") }
    }
}

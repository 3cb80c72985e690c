import BerthStack
import BerthLogs
import BerthPCI
import BerthBoot
import BerthDiagnostics
import BerthPlacement
import BerthTopology

/// A comparison as one drawing: verdicts as a table, and the strategies' places over the guest as it is.
package enum CompareSheet {
    package static func render(_ picture: ComparisonPicture) -> String {
        let report = picture.report
        var sheet = Sheet(report.guest)
        sheet.paragraph(
            "As configured: \(VerdictText.sentence(report.configured))", PictureTerms.tone(report.configured.level))
        if let room = ComparisonTerms.room(report) { sheet.paragraph(room) }
        var numbers: [ComparisonPicture.Choice: Int] = [:]
        for (index, choice) in picture.choices.enumerated() { numbers[choice] = index + 1 }
        for region in Region.allCases {
            let rows = picture.choices.filter { $0.row.region == region }
            guard !rows.isEmpty else { continue }
            sheet.subheading(region.name)
            sheet.table(
                ["\(region.name)"] + report.columns.map { "\($0.firmware) \($0.system)" },
                rows.map { choice in
                    [("\(numbers[choice] ?? 0)  \(choice.row.strategy)", "")]
                        + choice.row.cells.map { cell in
                            (
                                cell?.verdict.level.rawValue ?? "-",
                                cell.map { PictureTerms.tone($0.verdict.level) } ?? "quiet"
                            )
                        }
                })
        }
        if let guest = picture.guest {
            let ghosts = picture.choices.compactMap { choice in
                choice.placed.map { placed in
                    MapDrawing.Ghost(
                        number: numbers[choice] ?? 0, range: placed.range,
                        isPossible: choice.cell.map { !$0.isRejected } ?? false,
                        facts: "\(choice.row.region.name): \(choice.row.strategy), \(placed.range)")
                }
            }
            sheet.maps([("Addresses", MapDrawing(guest.map, ghosts: ghosts))], guest.tree)
        }
        sheet.legend()
        return sheet.text(title: "\(report.guest.name): strategies compared")
    }
}

package import BerthBoot
package import BerthPlacement
import BerthTopology

/// A comparison as pictures: the guest as it is, and what each strategy would make of it under its own firmware and OS.
package struct ComparisonPicture: Hashable, Sendable {
    package let report: ComparisonReport
    /// The guest that is compared, with nothing placed; nil where its firmware stops.
    package let guest: GuestPicture?
    /// By the rows of the report.
    package let choices: [Choice]

    package struct Choice: Hashable, Sendable {
        package let row: ComparisonReport.Row
        /// Nil where the strategy has nothing to propose for the guest as it is.
        package let cell: ComparisonReport.Cell?
        package let placed: AddressMap.Placed?
        package let map: AddressMap?
    }

    /// `report` is of the same comparison; `outcome` the boot of the guest that is compared.
    package init(_ comparison: Comparison, _ report: ComparisonReport, _ outcome: BootOutcome?) {
        self.report = report
        guest = outcome.flatMap { GuestPicture(comparison.request.topology, $0) }
        let own = report.columns.firstIndex(where: \.isOwn)
        choices = report.rows.map { row in
            let judged = comparison.rows.first { $0.region == row.region && $0.strategy == row.strategy }
            let cell = judged?.cells[comparison.home]
            return Choice(
                row: row, cell: own.flatMap { row.cells[$0] },
                placed: cell.flatMap { AddressMap.Placed($0.berth, $0.evaluation) },
                map: cell.map { AddressMap($0.evaluation) })
        }
    }
}

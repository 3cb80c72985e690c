package import BerthPlacement
package import BerthStack
package import BerthTopology

/// Everything that a format may say of a comparison: its verdicts and prices, without the guests behind them.
package struct ComparisonReport: Hashable, Sendable {
    /// How many columns there are.
    package enum Detail: Hashable, Sendable, CaseIterable {
        /// The guest's own firmware and OS.
        case brief
        /// Every firmware and guest OS.
        case all
    }

    package let detail: Detail
    package let guest: ReportedGuest
    /// Of the guest as it is configured, with nothing planned or added.
    package let configured: Verdict
    /// What is moved and set for the IGD in every other guest that is compared; empty where it is in its place.
    package let room: [GuestSetting]
    package let columns: [Column]
    /// Stolen memory first; within a region in the order of plans.
    package let rows: [Row]

    /// One firmware with one guest OS.
    package struct Column: Hashable, Sendable {
        package let firmware: FirmwareChoice
        package let system: GuestOS
        /// The guest's own.
        package let isOwn: Bool
        /// What the guest has wherever its regions are.
        package let verdict: Verdict
    }

    /// One strategy for one region.
    package struct Row: Hashable, Sendable {
        package let region: Region
        package let strategy: StrategyID
        /// By column; nil where the strategy has nothing to propose.
        package let cells: [Cell?]
    }

    /// The best that a strategy comes to under one firmware and guest OS.
    package struct Cell: Hashable, Sendable {
        package let berth: RegionBerth
        package let verdict: Verdict
        /// Whether a rule rejects the berth; such a one is never planned.
        package let isRejected: Bool
        package let judgements: [Judgement]
        package let traits: BerthTraits
    }

    package init(_ comparison: Comparison, detail: Detail) {
        let home = comparison.home
        let columns =
            detail == .all ? Array(comparison.columns.indices) : comparison.columns.indices.filter { $0 == home }
        self.detail = detail
        guest = ReportedGuest(comparison.request.topology)
        configured = comparison.configured
        room = GuestSetting.needed(from: comparison.request.original, to: comparison.request.topology)
        self.columns = columns.map { index in
            Column(
                firmware: comparison.columns[index].firmware, system: comparison.columns[index].guest,
                isOwn: index == home, verdict: comparison.guests[index])
        }
        rows = comparison.rows.compactMap { row in
            let cells = columns.map { row.cells[$0].map(Cell.init) }
            guard cells.contains(where: { $0 != nil }) else { return nil }
            return Row(region: row.region, strategy: row.strategy, cells: cells)
        }
    }

    package func rows(of region: Region) -> [Row] { rows.filter { $0.region == region } }
}

extension ComparisonReport.Cell {
    fileprivate init(_ cell: Comparison.Cell) {
        berth = cell.berth
        verdict = cell.verdict
        isRejected = !cell.evaluation.isAccepted
        judgements = cell.judgements
        traits = cell.traits
    }
}

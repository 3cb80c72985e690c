public import BerthPlacement
import BerthReport
import BerthServices
public import BerthStack
public import BerthTopology

/// Every strategy for each region, under every firmware and guest OS.
///
/// A region is judged alone: the other one is left to the firmware, so that one strategy's verdict does not hang on
/// another's.
public struct Comparison: Hashable, Sendable {
    /// One firmware with one guest OS.
    public struct Column: Hashable, Sendable {
        /// What the guest boots with.
        public let firmware: FirmwareChoice
        /// What runs after it.
        public let operatingSystem: GuestOS

        /// A column of this firmware and this guest OS.
        public init(firmware: FirmwareChoice, operatingSystem: GuestOS) {
            self.firmware = firmware
            self.operatingSystem = operatingSystem
        }
    }

    /// One strategy for one region.
    public struct Row: Hashable, Sendable {
        /// The region in question.
        public let region: Region
        /// The strategy in question.
        public let strategy: StrategyID
        /// By column; nil where the strategy has nothing to propose.
        public let cells: [Cell?]
    }

    /// The best that a strategy comes to under one firmware and guest OS.
    public struct Cell: Hashable, Sendable {
        /// Where the region would lie.
        public let berth: PlannedBerth
        /// What the user would see of it.
        public let verdict: Verdict
        /// Whose code has to change before it works: `guest`, `firmware`, `QEMU`; empty where nobody's has to.
        public let mustChange: [String]

        init(_ cell: BerthPlacement.Comparison.Cell) {
            berth = PlannedBerth(cell.berth, cell.judgements, at: cell.traits.address)
            verdict = Verdict(cell.verdict)
            mustChange = cell.traits.mustChange.map(\.rawValue)
        }
    }

    package let comparison: BerthPlacement.Comparison

    /// Compares all strategies for a guest.
    ///
    /// With a host, the guest has that host's IGD. Without columns of the caller's, both firmwares with each guest OS that
    /// behaves differently: Linux before and from 6.14, and Windows; what the guest has itself stands for its kind.
    /// Works on all processors, and returns when it is done. Errors: those of `Planner.plan(_:host:constraints:)`.
    public init(_ guest: Guest, host: HostMachine? = nil, columns: [Column]? = nil) throws(PlanningError) {
        let wanted = columns?.map {
            BerthPlacement.Comparison.Column(firmware: $0.firmware, guest: $0.operatingSystem)
        }
        comparison = try PlanningError.wrapping {
            try Services.compare(guest.topology, host: host?.inventory, columns: wanted)
        }
    }

    /// In the order in which cells and `guests` stand.
    public var columns: [Column] {
        comparison.columns.map { Column(firmware: $0.firmware, operatingSystem: $0.guest) }
    }

    /// Stolen memory first; within a region the best under the guest's own firmware and OS first.
    public var rows: [Row] {
        comparison.rows.map { row in
            Row(region: row.region, strategy: row.strategy, cells: row.cells.map { $0.map(Cell.init) })
        }
    }

    /// By column, what the guest has wherever its regions are.
    public var guests: [Verdict] { comparison.guests.map(Verdict.init) }

    /// Of the guest as it is configured, nothing planned and nothing added.
    public var configured: Verdict { Verdict(comparison.configured) }

    /// As `berth compare --all` prints it.
    public var text: String { CompareText.render(report) }

    /// The same in Markdown.
    public var markdown: String { CompareMarkdown.render(report) }

    /// The same as comma-separated values, one cell a line (RFC 4180).
    public var csv: String { CompareCSV.render(report) }

    private var report: ComparisonReport { ComparisonReport(comparison, detail: .all) }
}

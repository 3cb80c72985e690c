import BerthServices
import BerthBundled
import BerthPlacement
import BerthReport
import BerthTopology
import Testing

/// Reports of bundled guests.
enum Reports {
    static func guest(_ name: String) throws -> GuestTopology {
        try #require(try BundledTopologies.topology(named: name))
    }

    static func planned(_ name: String, _ detail: PlanReport.Detail = .all) throws -> PlanReport {
        PlanReport(try Services.plan(try guest(name)), detail: detail)
    }

    static func compared(_ name: String, _ detail: ComparisonReport.Detail = .all) throws -> ComparisonReport {
        let guest = try guest(name)
        return ComparisonReport(
            try Services.compare(guest, columns: detail == .brief ? [Comparison.Column(own: guest)] : nil),
            detail: detail)
    }

    static func simulated(_ name: String, _ detail: SimulationReport.Detail = .budget) throws -> SimulationReport {
        let guest = try guest(name)
        return SimulationReport(try Services.boot(guest), of: guest, detail: detail)
    }

    /// Words of a text without its layout: one space between them, no pipe, no backslash.
    static func words(_ text: String) -> String {
        text.split { $0.isWhitespace }.joined(separator: " ").filter { $0 != "\\" }
    }
}

extension PlanReport {
    /// The first candidate of a strategy.
    func candidate(_ region: Region, _ strategy: StrategyID) throws -> Candidate {
        try #require(candidates.first { $0.region == region && $0.berth.berth.strategy == strategy }, "\(strategy)")
    }
}

import BerthPlacement
import BerthReport
import BerthServices
public import BerthTopology

/// What a planner came to, and what can be asked about it; worked out when it is asked for.
public struct Planning: Sendable {
    /// A plan, or why there is none.
    public let outcome: Outcome
    private let planning: BerthPlacement.Planning
    private let host: HostMachine?

    init(_ planning: BerthPlacement.Planning, host: HostMachine?) {
        self.planning = planning
        self.host = host
        outcome = Outcome(planning.outcome)
    }

    /// The best plan that was found, proven to be the best or not.
    public var plan: Plan? { outcome.plan }

    /// The plan that comes next; nil where there is none.
    public var runnerUp: Plan? { planning.runnerUp.map(Plan.init) }

    /// Why the plan stands before the next one, half a sentence; nil without a plan.
    public var preference: String? { planning.preference.map { "\($0.statement)" } }

    /// Every candidate for a region, the best first, rejected ones among them.
    ///
    /// Each beside the plan's other region, or where that cannot be, beside the first with which it can. Works on all
    /// processors. Errors: one that is shown as possible cannot be: a defect of Berth.
    public func candidates(for region: Region) throws(PlanningError) -> [PlannedBerth] {
        try PlanningError.wrapping { try Services.auditOptions(of: planning) }
        return planning.options(for: region).map { PlannedBerth($0.berth, $0.judgements, at: $0.address) }
    }

    /// As `berth plan` prints it: on one screen, or with every candidate, why it was rejected and what would help it.
    ///
    /// Works on all processors; with `all` it boots the guest some hundred times more, for the smallest changes that would
    /// help. Errors: those of `candidates(for:)`.
    public func text(all: Bool = false) throws(PlanningError) -> String {
        PlanText.render(try report(all ? .all : .brief))
    }

    /// The same in Markdown, with every candidate; errors and work as there.
    public func markdown() throws(PlanningError) -> String { PlanMarkdown.render(try report(.all)) }

    private func report(_ detail: PlanReport.Detail) throws(PlanningError) -> PlanReport {
        if detail == .all { try PlanningError.wrapping { try Services.auditOptions(of: planning) } }
        return PlanReport(planning, detail: detail, host: host?.inventory)
    }
}

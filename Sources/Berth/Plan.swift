import BerthDiagnostics
package import BerthPlacement
public import BerthTopology

/// A place for each region that no rule rejects, and the guest that has both.
public struct Plan: Hashable, Sendable {
    package let plan: BerthPlacement.Plan

    package init(_ plan: BerthPlacement.Plan) { self.plan = plan }

    /// The guest with everything in it that the plan adds.
    public var guest: Guest { Guest(plan.topology) }

    /// One for each region, in the order of regions.
    public var berths: [PlannedBerth] {
        plan.berths.map { berth in
            PlannedBerth(
                berth, plan.evaluation.judgements[berth.region], at: plan.evaluation.predictedAddress(of: berth))
        }
    }

    /// Where a region lies.
    public func berth(of region: Region) -> PlannedBerth? { berths.first { $0.region == region } }

    /// What no release has and the plan needs, a sentence each; empty for one that can be written.
    public var missing: [String] { plan.missing.map { "\($0.what)" } }

    /// What the user of the planned guest will see; with a host, also what only that decides.
    public func verdict(host: HostMachine? = nil) -> Verdict {
        Verdict(BerthPlacement.Verdict.of(plan.evaluation, host: host?.inventory))
    }

    /// What writers take.
    ///
    /// Errors: the plan needs what no release has, which is named beside the best plan that does not; that one is searched for
    /// on all processors.
    public func emittable() throws(EmissionRefusal) -> EmittablePlan { EmittablePlan(try plan.emittable()) }
}

/// The guest of a plan that released software can carry out: what writers take, and only a plan makes.
public struct EmittablePlan: Hashable, Sendable {
    package let plan: BerthTopology.EmittablePlan

    init(_ plan: BerthTopology.EmittablePlan) { self.plan = plan }

    /// The guest with everything in it that the plan adds.
    public var guest: Guest { Guest(plan.topology) }
}

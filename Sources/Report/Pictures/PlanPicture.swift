package import BerthPlacement
package import BerthTopology

/// A plan as pictures: the guest that has it, and the same for the best candidate of every other strategy.
package struct PlanPicture: Hashable, Sendable {
    /// What is said of it.
    package let report: PlanReport
    /// The guest with the plan in it; without a plan, the guest as it is, where its firmware gets that far.
    package let guest: GuestPicture?
    /// By region, the best first.
    package let choices: [Choice]

    /// The best candidate of one strategy for one region.
    package struct Choice: Hashable, Sendable {
        package let candidate: PlanReport.Candidate
        /// Nil where it has no address that anybody can tell.
        package let placed: AddressMap.Placed?
        /// What the guest would be like.
        package let map: AddressMap

        package var strategy: StrategyID { candidate.berth.berth.strategy }
        package var region: Region { candidate.region }
    }
}

import BerthDiagnostics
package import BerthTopology

/// A berth for each region that no rule rejects, and the guest that has both.
package struct Plan: Hashable, Sendable {
    /// The pair as it was judged.
    package let evaluation: Evaluation
    /// What it was made for.
    package let request: Request

    /// Nil for a pair that a rule rejects.
    init?(_ evaluation: Evaluation, _ request: Request) {
        guard evaluation.isAccepted else { return nil }
        self.evaluation = evaluation
        self.request = request
    }

    /// The guest with everything in it that the berths add.
    package var topology: GuestTopology { evaluation.topology }
    /// In the order of regions.
    package var berths: [RegionBerth] { evaluation.berths }
    /// What no release has and the plan needs; empty for one that can be written.
    package var missing: [MissingPiece] { evaluation.missing }

    package func berth(of region: Region) -> RegionBerth? { evaluation.berth(of: region) }

    /// What a writer takes.
    ///
    /// Errors: the plan needs what no release has, which is named beside the best plan that does not.
    package func emittable() throws(EmissionRefusal) -> EmittablePlan {
        guard let berth = berths.first(where: { !$0.missing.isEmpty }), let missing = berth.missingPiece else {
            return EmittablePlan(carryingOut: topology)
        }
        let nearest = Planner().searched(request).plan.flatMap { $0.missing.isEmpty ? $0.names : nil }
        let instead =
            nearest.map { "the nearest that can be written is \(Self.words($0))" }
            ?? "no other strategy that can be written is accepted for this guest"
        throw EmissionRefusal(
            "emission", "\(berth.strategy) cannot be written: \(missing); \(instead)",
            missing: self.missing.map(\.what), nearest: nearest)
    }

    /// Of the strategies.
    private var names: PerRegion<String> { PerRegion { berth(of: $0)?.strategy.rawValue ?? "" } }

    private static func words(_ names: PerRegion<String>) -> String {
        names.stolenMemory == names.opRegion
            ? names.opRegion : Region.allCases.map { "\($0.rawValue)=\(names[$0])" }.joined(separator: " with ")
    }
}

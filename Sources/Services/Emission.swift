import BerthDiagnostics
package import BerthPlacement
package import BerthTopology

/// The guest that writers are given: the plan's, if released software can carry it out.
package enum Emission {
    /// Errors: nothing is feasible; or the plan needs what no release has, with the nearest one that does not.
    package static func topology(of result: PlanningResult) throws(EmissionRefusal) -> GuestTopology {
        guard let best = result.best else {
            throw EmissionRefusal("infeasible", "there is no plan to write: every candidate is rejected")
        }
        let wishes = best.berths.filter { $0.missingPiece != nil }
        guard let wish = wishes.first, let missing = wish.missingPiece else { return best.topology }
        let everything = Planner().plan(result.request)
        let nearest =
            everything.bestEmittable.map { "the nearest that can be written is \(names($0))" }
            ?? "no other strategy that can be written is accepted for this guest"
        throw EmissionRefusal("emission", "\(wish.strategy) cannot be written: \(missing); \(nearest)")
    }

    private static func names(_ evaluation: Evaluation) -> String {
        let names = evaluation.berths.map(\.strategy.rawValue)
        return Set(names).count == 1
            ? names[0] : zip(evaluation.berths, names).map { "\($0.region.rawValue)=\($1)" }.joined(separator: " with ")
    }
}

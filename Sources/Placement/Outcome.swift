import BerthDiagnostics
package import BerthTopology

/// What planning came to.
package enum Outcome: Hashable, Sendable {
    /// The best plan that there is.
    case plan(Plan)
    /// There is none, and why.
    case infeasible(Explanation)
    /// The search stopped before it had looked at everything: there may be a plan, or a better one than this.
    case undecided(Plan?, Unproven)

    /// How far a search came.
    package struct Unproven: Hashable, Sendable {
        package var judgedPairs: Int
        package var allPairs: Int
    }

    /// The best plan that was found, proven or not.
    package var plan: Plan? {
        switch self {
        case .plan(let plan): plan
        case .infeasible: nil
        case .undecided(let plan, _): plan
        }
    }

    /// Why there is no plan; nil where there is one, and where nobody knows.
    package var explanation: Explanation? { if case .infeasible(let why) = self { why } else { nil } }

    /// What a writer takes.
    ///
    /// Errors: there is no plan; or it needs what no release has, which is named beside the best plan that does not.
    package func emittable() throws(EmissionRefusal) -> EmittablePlan {
        switch self {
        case .plan(let plan), .undecided(let plan?, _): return try plan.emittable()
        case .infeasible:
            throw EmissionRefusal("infeasible", "there is no plan to write: every candidate is rejected")
        case .undecided(nil, let why):
            throw EmissionRefusal(
                "infeasible",
                "no plan was found before the search stopped, after \(why.judgedPairs) of \(why.allPairs) pairs")
        }
    }
}

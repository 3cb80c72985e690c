import BerthPlacement
public import BerthTopology

/// What planning came to; "no" is an answer and not an error.
public enum Outcome: Hashable, Sendable {
    /// The best plan that there is.
    case plan(Plan)
    /// There is none, and why.
    case infeasible(Explanation)
    /// The search stopped before it had looked at everything: there may be a plan, or a better one than this.
    case undecided(Plan?, Progress)

    /// How far a search came.
    public struct Progress: Hashable, Sendable {
        /// Pairs of candidates that were judged.
        public let judgedPairs: Int
        /// Pairs that there are.
        public let allPairs: Int
    }

    init(_ outcome: BerthPlacement.Outcome) {
        self =
            switch outcome {
            case .plan(let plan): .plan(Plan(plan))
            case .infeasible(let why): .infeasible(Explanation(why))
            case .undecided(let plan, let why):
                .undecided(
                    plan.map(Plan.init), Progress(judgedPairs: why.judgedPairs, allPairs: why.allPairs))
            }
    }

    /// The best plan that was found, proven to be the best or not.
    public var plan: Plan? {
        switch self {
        case .plan(let plan): plan
        case .infeasible: nil
        case .undecided(let plan, _): plan
        }
    }

    /// What writers take.
    ///
    /// Errors: there is no plan, or one that needs what no release has.
    public func emittable() throws(EmissionRefusal) -> EmittablePlan {
        if let plan { return try plan.emittable() }
        throw EmissionRefusal("infeasible", "there is no plan to write")
    }
}

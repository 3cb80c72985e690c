package import BerthDiagnostics

/// What a rule says of a berth.
package enum Judgement: Hashable, Sendable {
    /// The berth cannot be used, and what that comes to for the region.
    case rejects(Fact, Effect)
    /// It can be used, at a price.
    case costs(Fact)
    /// It was checked and is well; kept where the number is worth knowing.
    case holds(Fact)

    package var fact: Fact {
        get {
            switch self {
            case .rejects(let fact, _), .costs(let fact), .holds(let fact): fact
            }
        }
        set {
            switch self {
            case .rejects(_, let effect): self = .rejects(newValue, effect)
            case .costs: self = .costs(newValue)
            case .holds: self = .holds(newValue)
            }
        }
    }
    /// Nil of what is no rejection.
    package var effect: Effect? { if case .rejects(_, let effect) = self { effect } else { nil } }
    package var isRejection: Bool { if case .rejects = self { true } else { false } }
    package var isCost: Bool { if case .costs = self { true } else { false } }
}

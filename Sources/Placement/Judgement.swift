package import BerthDiagnostics

/// What a rule says of a berth.
package enum Judgement: Hashable, Sendable {
    /// The berth cannot be used, and what that comes to for the region.
    case rejects(Fact, Effect)
    /// The guest runs without the region, and somebody in it goes without; what that comes to.
    case loses(Fact, Effect)
    /// It can be used, at a price.
    case costs(Fact)
    /// It was checked and is well; kept where the number is worth knowing.
    case holds(Fact)

    package var fact: Fact {
        get {
            switch self {
            case .rejects(let fact, _), .loses(let fact, _), .costs(let fact), .holds(let fact): fact
            }
        }
        set {
            switch self {
            case .rejects(_, let effect): self = .rejects(newValue, effect)
            case .loses(_, let effect): self = .loses(newValue, effect)
            case .costs: self = .costs(newValue)
            case .holds: self = .holds(newValue)
            }
        }
    }
    /// Nil of what the region's users do not notice.
    package var effect: Effect? {
        switch self {
        case .rejects(_, let effect), .loses(_, let effect): effect
        case .costs, .holds: nil
        }
    }
    package var isLoss: Bool { if case .loses = self { true } else { false } }
    package var isRejection: Bool { if case .rejects = self { true } else { false } }
    package var isCost: Bool { if case .costs = self { true } else { false } }
}

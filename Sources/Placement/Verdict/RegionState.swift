package import BerthDiagnostics

/// How those who use a region will find it.
package enum RegionState: Hashable, Sendable {
    /// Nobody needs it.
    case notNeeded
    /// The register points at memory that is there.
    case served
    /// A rule rejects the berth; the fact and what that comes to.
    case rejected(Fact, Effect)

    package var fact: Fact? { if case .rejected(let fact, _) = self { fact } else { nil } }

    /// From what the rules say of the berth: the rejection with the worst effect decides, of several the first by the id of
    /// its rule.
    package static func of(_ berth: RegionBerth, in evaluation: Evaluation) -> RegionState {
        var worst: (fact: Fact, effect: Effect)?
        for case .rejects(let fact, let effect) in evaluation.judgements[berth.region] ?? [] {
            if let worst, worst.effect <= effect { continue }
            worst = (fact, effect)
        }
        if let worst { return .rejected(worst.fact, worst.effect) }
        return berth.backing == .nothing ? .notNeeded : .served
    }
}

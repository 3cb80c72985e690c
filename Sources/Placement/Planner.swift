import BerthDiagnostics
public import BerthTopology

/// Searches all combinations of one berth for each region.
///
/// Exhaustive: every pair of proposals is simulated and judged by every rule. Deterministic: the order of
/// plans is total (`PlanOrder`), and nothing depends on the order of input.
public struct Planner: Sendable {
    public var strategies: [any Strategy]
    public var rules: [any Rule]

    public init(strategies: [any Strategy] = Strategies.all, rules: [any Rule] = Rules.all) {
        self.strategies = strategies
        self.rules = rules
    }

    /// Which strategies may serve which region; nil for all.
    public struct Restriction: Hashable, Sendable {
        public var stolenMemory: StrategyID?
        public var opRegion: StrategyID?
        public init(stolenMemory: StrategyID? = nil, opRegion: StrategyID? = nil) {
            self.stolenMemory = stolenMemory
            self.opRegion = opRegion
        }

        func allows(_ strategy: StrategyID, for region: Region) -> Bool {
            let wanted = region == .stolenMemory ? stolenMemory : opRegion
            return wanted == nil || wanted == strategy
        }
    }

    public func plan(_ request: Request, restriction: Restriction = Restriction()) -> PlanningResult {
        let choices = Region.allCases.map { options(for: $0, request, restriction) }
        var evaluations: [Evaluation] = []
        for stolen in choices[0] {
            for opRegion in choices[1] { evaluations.append(evaluate(request, [stolen, opRegion])) }
        }
        evaluations.sort { PlanOrder.precedes($0, $1) }
        return PlanningResult(request: request, evaluations: evaluations)
    }

    /// A strategy that is asked for but does not apply to a region (nothing to place) leaves it to the others.
    private func options(for region: Region, _ request: Request, _ restriction: Restriction) -> [Proposal] {
        let all = strategies.flatMap { $0.proposals(for: region, in: request) }
        let allowed = all.filter { restriction.allows($0.berth.strategy, for: region) }
        return allowed.isEmpty ? all : allowed
    }

    func evaluate(_ request: Request, _ proposals: [Proposal]) -> Evaluation {
        var evaluation = Evaluation(request, proposals)
        for berth in evaluation.berths {
            evaluation.judgements[berth.region] = rules.flatMap { $0.judge(berth, in: evaluation) }
        }
        return evaluation
    }
}

/// All candidates, best first: a plan if one is accepted, else the reasons why none is.
public struct PlanningResult: Hashable, Sendable {
    public let request: Request
    /// Best first; rejected ones behind all accepted ones.
    public let evaluations: [Evaluation]

    public var best: Evaluation? { evaluations.first.flatMap { $0.isAccepted ? $0 : nil } }

    /// The best accepted plan that released software can carry out.
    public var bestEmittable: Evaluation? { evaluations.first { $0.isAccepted && $0.canBeEmitted } }

    /// One entry for each berth of a region that was considered, in the best company it can have.
    public func options(for region: Region) -> [Option] {
        var seen: Set<RegionBerth> = []
        return evaluations.compactMap { evaluation in
            guard let berth = evaluation.berth(of: region), seen.insert(berth).inserted else { return nil }
            let partners = evaluations.filter { $0.berth(of: region) == berth }
            // The company in which the berth itself does best.
            let best =
                partners.enumerated().min { a, b in
                    let left = a.element.rejections(of: region).count
                    let right = b.element.rejections(of: region).count
                    return left == right ? a.offset < b.offset : left < right
                }?.element ?? evaluation
            return Option(berth: berth, evaluation: best)
        }
    }

    /// One berth of a region, with the evaluation that shows it at its best.
    public struct Option: Hashable, Sendable {
        public var berth: RegionBerth
        public var evaluation: Evaluation
        public var judgements: [Judgement] { evaluation.judgements[berth.region] ?? [] }
        public var isRejected: Bool { judgements.contains(where: \.isRejection) || !evaluation.conflicts.isEmpty }
    }
}

package import BerthStack
package import BerthTopology

/// Searches all combinations of one berth for each region.
///
/// The result is that of judging every pair of proposals by every rule and sorting by `PlanOrder`; the search
/// judges only what can change it (`PairSearch`), and candidates that are equal under symmetry once
/// (`Symmetry`). Deterministic: nothing depends on the order of input.
package struct Planner: Sendable {
    package var strategies: [any Strategy]
    package var rules: RuleSet
    /// How many functions of guests the search may look at before it stops without a proof: all pairs of the catalogue for
    /// guests of up to some ten thousand functions.
    package var budget = 20_000_000

    package init(strategies: [any Strategy] = Strategies.all, rules: [any Rule] = Rules.all) {
        self.strategies = strategies
        self.rules = RuleSet(rules)
    }

    /// What a plan may be.
    package struct Restriction: Hashable, Sendable {
        /// Which strategy may serve which region; nil for all.
        package var strategies: PerRegion<StrategyID?>
        /// Where a region has to be.
        package var pins: PerRegion<Pin?>

        package init(
            stolenMemory: StrategyID? = nil, opRegion: StrategyID? = nil, pins: PerRegion<Pin?> = PerRegion.same(nil)
        ) {
            strategies = PerRegion(stolenMemory: stolenMemory, opRegion: opRegion)
            self.pins = pins
        }
    }

    /// Errors: the restriction names a strategy that this planner does not have.
    package func plan(
        _ request: Request, restriction: Restriction = Restriction()
    ) throws(UnknownName) -> Planning {
        for case let name? in restriction.strategies.both where !strategies.contains(where: { $0.id == name }) {
            throw UnknownName(name.rawValue, notOneOf: strategies.map(\.id.rawValue))
        }
        return Planning(self, restriction, searched(request, restriction))
    }

    /// A search that has found the best pair.
    func searched(_ request: Request, _ restriction: Restriction = Restriction()) -> Searched {
        let all = PerRegion { proposals(for: $0, request, restriction) }
        return searched(request, restriction, among: all, Simulations(request))
    }

    /// The same, where they are known: `proposals` are the restriction's, `simulations` the request's guest's.
    func searched(
        _ request: Request, _ restriction: Restriction, among proposals: PerRegion<[(Proposal, rank: Int)]>,
        _ simulations: Simulations
    ) -> Searched {
        let symmetry = Symmetry(request)
        let all = proposals.map { $0.map(Candidate.init(_:rank:)) }
        // A pin may mean a candidate in the middle of a run.
        let isPinned = restriction.pins.both.contains { $0 != nil }
        let candidates = isPinned ? all : symmetry.collapsed(all)
        var search = PairSearch(
            request, candidates, rules: rules(pinned: restriction.pins), simulations, budget: budget)
        let first = search.next()
        return Searched(search: search, symmetry: symmetry, plan: first.flatMap { Plan($0, request) })
    }

    struct Searched: Sendable {
        /// Behind its first pair.
        var search: PairSearch
        var symmetry: Symmetry
        /// The first pair, if no rule rejects it.
        var plan: Plan?
    }

    /// Proposals of all strategies, each with its strategy's place in the catalogue. A strategy that is asked for but
    /// does not apply to a region (nothing to place) leaves it to the others.
    package func proposals(
        for region: Region, _ request: Request, _ restriction: Restriction = Restriction()
    ) -> [(Proposal, rank: Int)] {
        var all: [(Proposal, rank: Int)] = []
        for (rank, strategy) in strategies.enumerated() {
            for proposal in strategy.proposals(for: region, in: request) { all.append((proposal, rank: rank)) }
        }
        guard let wanted = restriction.strategies[region] else { return all }
        let allowed = all.filter { $0.0.berth.strategy == wanted }
        return allowed.isEmpty ? all : allowed
    }

    /// Two proposals simulated together and judged by every rule, nothing shared with any other pair.
    package func evaluate(_ request: Request, _ proposals: PerRegion<Proposal>) -> Evaluation {
        PairSearch(request, PerRegion.same([]), rules: rules, Simulations(request)).judge(proposals)
    }
}

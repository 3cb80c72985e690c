import BerthDiagnostics
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

    /// Which strategies may serve which region; nil for all.
    package struct Restriction: Hashable, Sendable {
        package var stolenMemory: StrategyID?
        package var opRegion: StrategyID?
        /// Where a region has to be.
        package var pins: [Region: Pin] = [:]
        package init(stolenMemory: StrategyID? = nil, opRegion: StrategyID? = nil) {
            self.stolenMemory = stolenMemory
            self.opRegion = opRegion
        }

        func allows(_ strategy: StrategyID, for region: Region) -> Bool {
            let wanted = region == .stolenMemory ? stolenMemory : opRegion
            return wanted == nil || wanted == strategy
        }
    }

    package func plan(_ request: Request, restriction: Restriction = Restriction()) -> PlanningResult {
        let symmetry = Symmetry(request)
        let all = Region.allCases.map { region in
            proposals(for: region, request, restriction).map(Candidate.init(_:rank:))
        }
        // A pin may mean a candidate in the middle of a run.
        let candidates = restriction.pins.isEmpty ? symmetry.collapsed(all) : all
        return PlanningResult(
            self, restriction, PairSearch(request, candidates, rules: pinned(restriction.pins).rules, budget: budget),
            symmetry)
    }

    /// Proposals of all strategies, each with its strategy's place in the catalogue. A strategy that is asked for but
    /// does not apply to a region (nothing to place) leaves it to the others.
    package func proposals(
        for region: Region, _ request: Request, _ restriction: Restriction = Restriction()
    ) -> [(Proposal, rank: Int)] {
        let all = strategies.enumerated().flatMap { rank, strategy in
            strategy.proposals(for: region, in: request).map { ($0, rank: rank) }
        }
        let allowed = all.filter { restriction.allows($0.0.berth.strategy, for: region) }
        return allowed.isEmpty ? all : allowed
    }

    /// Two proposals simulated together and judged by every rule, nothing shared with any other pair.
    package func evaluate(_ request: Request, _ stolenMemory: Proposal, _ opRegion: Proposal) -> Evaluation {
        PairSearch(request, [[], []], rules: rules).judge(stolenMemory, opRegion)
    }
}

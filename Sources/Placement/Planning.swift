package import BerthBoot
package import BerthDiagnostics
package import BerthTopology

/// What a planner came to for a request, and what can be asked about it.
///
/// The best plan is known; everything else is worked out when it is asked for, and each time.
package struct Planning: Sendable {
    package let request: Request
    package let restriction: Planner.Restriction
    /// The best plan that was found, proven to be the best or not.
    package let plan: Plan?
    let planner: Planner
    /// Behind its first pair.
    private let search: PairSearch
    private let symmetry: Symmetry

    init(_ planner: Planner, _ restriction: Planner.Restriction, _ searched: Planner.Searched) {
        self.planner = planner
        self.restriction = restriction
        search = searched.search
        symmetry = searched.symmetry
        request = search.request
        plan = searched.plan
    }

    /// With an explanation where there is no plan, for which every pair is judged.
    package var outcome: Outcome {
        guard isProven else {
            let (all, judged) = search.counts
            return .undecided(plan, Outcome.Unproven(judgedPairs: judged, allPairs: all))
        }
        if let plan { return .plan(plan) }
        var rest = search
        return .infeasible(Explanation(why: rest.all(), request))
    }

    /// Whether the search looked at all that could have been better.
    package var isProven: Bool { !search.isCut }

    /// Whether it is proven that there is no plan.
    package var isInfeasible: Bool { isProven && plan == nil }

    /// The plan that comes next.
    package var runnerUp: Plan? {
        var search = search
        guard plan != nil, let second = search.next() else { return nil }
        return Plan(second, request)
    }

    /// Why the plan stands before the next one; nil without a plan.
    package var preference: Preference? {
        plan.map { Preference(of: $0.evaluation, before: runnerUp?.evaluation) }
    }

    /// The first pair in the order of plans, rejected or not.
    package var first: Evaluation? { search.handedOut.first }

    /// All pairs, best first; rejected ones behind all others. Of candidates that are equal under symmetry the
    /// first two stand for all. Judges every pair: ask for `plan` and `options` where that is enough.
    package var evaluations: [Evaluation] {
        var search = search
        return search.all()
    }

    /// All plans, best first. Judges every pair.
    package var plans: [Plan] { evaluations.compactMap { Plan($0, request) } }

    /// One entry for each berth of a region, the best first.
    ///
    /// Beside the other region's berth in the plan; a berth that is rejected there, beside the first that adds nothing to the
    /// PCI tree (any, where there is none like that) and beside which it is not. Without a plan, beside that with which it has
    /// the fewest rejections. Works on all processors.
    package func options(for region: Region) -> [Option] {
        (plan.map { besideThePlan($0, region) } ?? leastRejected(region)).concurrentMap { shown in
            options(of: shown, region)
        }.flatMap { $0 }
    }

    private func options(of shown: Shown, _ region: Region) -> [Option] {
        let candidate = search.candidates[region][shown.pair[region]]
        guard !candidate.equals.isEmpty else { return [Option(candidate.berth, shown.evaluation)] }
        let partner = search.candidates[region.other][shown.pair[region.other]].proposal
        return symmetry.options(candidate, region, beside: partner, search)
    }

    /// The berths of a region in numbers.
    package struct Tally: Hashable, Sendable {
        package var berths = 0
        package var rejected = 0
        /// Those of `options` that no rule rejects, beside the plan's other berth; of a guest without a plan, all that there are.
        package var accepted: [Option] = []

        /// Of options that were asked for.
        package init(of region: Region, in options: [Option]) {
            self.init(options.filter { $0.berth.region == region })
        }

        init(_ options: [Option] = []) {
            berths = options.count
            accepted = options.filter { !$0.isRejected }
            rejected = berths - accepted.count
        }

        static func += (sum: inout Tally, part: Tally) {
            sum.berths += part.berths
            sum.rejected += part.rejected
            sum.accepted += part.accepted
        }
    }

    /// As `options` says, counted: a berth that is rejected is asked about only until the first rule rejects it.
    package func tally(of region: Region) -> Tally {
        guard let plan else {
            return Tally(options(for: region))
        }
        let partners = partners(of: region, in: plan)
        let parts = Array(search.candidates[region].indices).concurrentMap { index -> Tally in
            guard search.candidates[region][index].equals.isEmpty else {
                return Tally(options(of: shown(index, region, beside: partners), region))
            }
            let accepts = { (partner: Int) in search.accepts(.init(index, for: region, other: partner), for: region) }
            guard accepts(partners.usual) else {
                var one = Tally()
                one.berths = 1
                one.rejected = partners.rest.contains(where: accepts) ? 0 : 1
                return one
            }
            return Tally(options(of: shown(index, region, beside: partners.usual), region))
        }
        return parts.reduce(into: Tally()) { $0 += $1 }
    }

    /// A pair that shows a candidate.
    private struct Shown: Sendable {
        var pair: PairSearch.Pair
        var evaluation: Evaluation
    }

    /// One for each candidate of the region, in the order of plans.
    private func besideThePlan(_ plan: Plan, _ region: Region) -> [Shown] {
        let partners = partners(of: region, in: plan)
        return ordered(
            Array(search.candidates[region].indices).concurrentMap { shown($0, region, beside: partners) })
    }

    /// Candidates for the other region.
    private struct Partners: Sendable {
        /// That of the plan.
        var usual: Int
        /// Others, beside which a berth is shown that is rejected there.
        var rest: [Int]
    }

    private func partners(of region: Region, in plan: Plan) -> Partners {
        let partners = search.candidates[region.other]
        let chosen = plan.berth(of: region.other)
        let usual = partners.firstIndex { $0.berth == chosen } ?? 0
        let others = partners.indices.filter { $0 != usual }
        // A few strategies may have none that adds nothing to the tree.
        let light = others.filter { !partners[$0].changesTree }
        return Partners(usual: usual, rest: light.isEmpty ? others : light)
    }

    private func shown(_ candidate: Int, _ region: Region, beside partners: Partners) -> Shown {
        let first = shown(candidate, region, beside: partners.usual)
        guard first.evaluation.isRejected(region) else { return first }
        return partners.rest.lazy.map { shown(candidate, region, beside: $0) }
            .first { !$0.evaluation.isRejected(region) } ?? first
    }

    private func shown(_ candidate: Int, _ region: Region, beside partner: Int) -> Shown {
        let pair = PairSearch.Pair(candidate, for: region, other: partner)
        return Shown(pair: pair, evaluation: search.judged(pair))
    }

    private func ordered(_ found: [Shown]) -> [Shown] {
        found.map { (criteria: PlanOrder.criteria($0.evaluation), shown: $0) }.enumerated().sorted { a, b in
            (a.element.criteria, a.offset) < (b.element.criteria, b.offset)
        }.map(\.element.shown)
    }

    private func leastRejected(_ region: Region) -> [Shown] {
        let found = Array(search.candidates[region].indices).concurrentMap { index in
            var least: (count: Int, criteria: PlanOrder.Criteria, shown: Shown)?
            for partner in search.candidates[region.other].indices {
                // Without a proof, the first partner has to do.
                if search.isCut, least != nil { break }
                let shown = shown(index, region, beside: partner)
                let count = shown.evaluation.rejections(of: region).count
                let criteria = PlanOrder.criteria(shown.evaluation)
                if let least, (least.count, least.criteria) <= (count, criteria) { continue }
                least = (count, criteria, shown)
            }
            return least?.shown
        }
        return ordered(found.compactMap { $0 })
    }
}

extension Planning {
    /// Of options that were asked for: accepted beside one berth of the plan, of other strategies than its other one. One
    /// for each strategy and region, in the order of plans.
    package func alternatives(among options: [Option]) -> [Option] {
        guard let best = plan?.evaluation else { return [] }
        let others = options.filter { option in
            let region = option.berth.region
            let kept = option.evaluation.berths.filter { $0.region != region }
            return option.evaluation.isAccepted && best.berth(of: region)?.strategy != option.berth.strategy
                && best.berths.filter { $0.region != region } == kept
        }
        let keys = others.map { PlanOrder.criteria($0.evaluation) }
        var seen: Set<[String]> = []
        return others.indices.sorted { (keys[$0], $0) < (keys[$1], $1) }.map { others[$0] }.filter { option in
            seen.insert([option.berth.region.rawValue, option.berth.strategy.rawValue]).inserted
        }
    }
}

extension Planning {
    /// One berth of a region, with what the rules say of it.
    package struct Option: Hashable, Sendable {
        package var berth: RegionBerth
        /// The pair that shows it; of a candidate that was not judged itself, that of its equal.
        package var evaluation: Evaluation
        package var judgements: [Judgement]
        package var address: PredictedAddress
        /// Of the berth that was simulated, which may be its equal; nil for one without a carrier.
        package var exposure: Exposure? {
            evaluation.berth(of: berth.region).flatMap { evaluation.exposure(of: $0) }
        }

        init(_ berth: RegionBerth, _ evaluation: Evaluation) {
            self.berth = berth
            self.evaluation = evaluation
            judgements = evaluation.judgements[berth.region]
            address = evaluation.predictedAddress(of: berth)
        }

        package var conflicts: [Finding] { evaluation.conflicts }

        /// Whatever pair shows it.
        func saysTheSame(as other: Option) -> Bool {
            berth == other.berth && judgements == other.judgements && address == other.address
                && conflicts == other.conflicts
        }

        package var isRejected: Bool { judgements.contains(where: \.isRejection) || !evaluation.conflicts.isEmpty }
    }
}

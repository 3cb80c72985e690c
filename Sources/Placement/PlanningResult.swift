package import BerthBoot
package import BerthDiagnostics
package import BerthTopology

/// All candidates, best first: a plan if one is accepted, else the reasons why none is.
package struct PlanningResult: Sendable {
    package let request: Request
    /// The best accepted pair; nil when every pair is rejected.
    package let best: Evaluation?
    /// False where the search stopped before it had looked at everything (`Planner.budget`): there may be a plan, or a
    /// better one.
    package let isProven: Bool
    let planner: Planner
    let restriction: Planner.Restriction
    private let search: PairSearch
    private let symmetry: Symmetry

    init(_ planner: Planner, _ restriction: Planner.Restriction, _ search: PairSearch, _ symmetry: Symmetry) {
        request = search.request
        self.planner = planner
        self.restriction = restriction
        self.symmetry = symmetry
        var search = search
        let first = search.next()
        best = first.flatMap { $0.isAccepted ? $0 : nil }
        isProven = !search.isCut
        self.search = search
    }

    /// The accepted pair that comes next.
    package var second: Evaluation? {
        var search = search
        guard best != nil, let second = search.next(), second.isAccepted else { return nil }
        return second
    }

    /// Of options that were asked for: accepted beside one berth of the best plan, of other strategies than its other one. One
    /// for each strategy and region, in the order of plans.
    package func alternatives(among options: [Option]) -> [Option] {
        guard let best else { return [] }
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

    /// The first pair in the order of plans, accepted or not.
    package var first: Evaluation? { search.handedOut.first }

    /// All pairs, best first; rejected ones behind all accepted ones. Of candidates that are equal under symmetry the
    /// first two stand for all. Judges every pair: ask for `best` and `options` where that is enough.
    package var evaluations: [Evaluation] {
        var search = search
        return search.all()
    }

    /// The best accepted plan that released software can carry out: it stands before every other.
    package var bestEmittable: Evaluation? { best.flatMap { $0.canBeEmitted ? $0 : nil } }

    /// One entry for each berth of a region, the best first.
    ///
    /// Beside the other region's berth in the best plan; a berth that is rejected there, in the first company that adds
    /// nothing to the PCI tree (any, where there is none like that) and in which it is not. Without a plan, in the company in which it has the fewest
    /// rejections.
    package func options(for region: Region) -> [Option] {
        (best == nil ? leastRejected(region) : besideTheBest(region)).concurrentMap { company in
            let pair = company.pair
            let own = region == .stolenMemory ? pair.stolenMemory : pair.opRegion
            let candidate = search.candidates[region == .stolenMemory ? 0 : 1][own]
            guard candidate.members.count > 1 else { return [Option(candidate.berth, company.evaluation)] }
            let partner =
                region == .stolenMemory
                ? search.candidates[1][pair.opRegion].proposal : search.candidates[0][pair.stolenMemory].proposal
            return symmetry.options(candidate, region, beside: partner, search)
        }.flatMap { $0 }
    }

    /// A pair that shows a candidate.
    private struct Company: Sendable {
        var pair: PairSearch.Pair
        var evaluation: Evaluation
    }

    /// One for each candidate of the region, in the order of plans.
    private func besideTheBest(_ region: Region) -> [Company] {
        let (own, other) = region == .stolenMemory ? (0, 1) : (1, 0)
        let chosen = best?.berth(of: region == .stolenMemory ? .opRegion : .stolenMemory)
        let partner = search.candidates[other].firstIndex { $0.berth == chosen } ?? 0
        let others = search.candidates[other].indices.filter { $0 != partner }
        // A few strategies may have none that takes no room.
        let small = others.filter { !search.candidates[other][$0].hasFootprint }
        let modest = small.isEmpty ? others : small
        let found = Array(search.candidates[own].indices).concurrentMap { index in
            let usual = company(index, region, beside: partner)
            guard usual.evaluation.isRejected(region) else { return usual }
            return modest.lazy.map { company(index, region, beside: $0) }
                .first { !$0.evaluation.isRejected(region) } ?? usual
        }
        return ordered(found)
    }

    private func company(_ candidate: Int, _ region: Region, beside partner: Int) -> Company {
        let pair = PairSearch.Pair.with(candidate, for: region, beside: partner)
        return Company(pair: pair, evaluation: search.judged(pair))
    }

    private func ordered(_ found: [Company]) -> [Company] {
        found.map { (criteria: PlanOrder.criteria($0.evaluation), company: $0) }.enumerated().sorted { a, b in
            (a.element.criteria, a.offset) < (b.element.criteria, b.offset)
        }.map(\.element.company)
    }

    private func leastRejected(_ region: Region) -> [Company] {
        let (own, other) = region == .stolenMemory ? (0, 1) : (1, 0)
        let found = Array(search.candidates[own].indices).concurrentMap { index in
            var least: (count: Int, criteria: PlanOrder.Criteria, company: Company)?
            for partner in search.candidates[other].indices {
                // Without a proof, the first company has to do.
                if search.isCut, least != nil { break }
                let company = company(index, region, beside: partner)
                let count = company.evaluation.rejections(of: region).count
                let criteria = PlanOrder.criteria(company.evaluation)
                if let least, (least.count, least.criteria) <= (count, criteria) { continue }
                least = (count, criteria, company)
            }
            return least?.company
        }
        return ordered(found.compactMap { $0 })
    }

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
            judgements = evaluation.judgements[berth.region] ?? []
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

extension Evaluation {
    /// Whether this region's berth cannot be used in this company.
    func isRejected(_ region: Region) -> Bool {
        !conflicts.isEmpty || (judgements[region] ?? []).contains(where: \.isRejection)
    }
}

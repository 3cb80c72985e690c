public import BerthBoot
public import BerthDiagnostics
public import BerthTopology

/// All candidates, best first: a plan if one is accepted, else the reasons why none is.
public struct PlanningResult: Sendable {
    public let request: Request
    /// The best accepted pair; nil when every pair is rejected.
    public let best: Evaluation?
    /// False where the search stopped before it had looked at everything (`Planner.budget`): there may be a plan, or a
    /// better one.
    public let isProven: Bool
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
    public var second: Evaluation? {
        var search = search
        guard best != nil, let second = search.next(), second.isAccepted else { return nil }
        return second
    }

    /// The first pair in the order of plans, accepted or not.
    public var first: Evaluation? { search.handedOut.first }

    /// All pairs, best first; rejected ones behind all accepted ones. Of candidates that are equal under symmetry the
    /// first two stand for all. Judges every pair: ask for `best` and `options` where that is enough.
    public var evaluations: [Evaluation] {
        var search = search
        return search.all()
    }

    /// The best accepted plan that released software can carry out: it stands before every other.
    public var bestEmittable: Evaluation? { best.flatMap { $0.canBeEmitted ? $0 : nil } }

    /// One entry for each berth of a region, the best first.
    ///
    /// Beside the other region's berth in the best plan; a berth that is rejected there, in the first company that adds
    /// nothing to the PCI tree (any, where there is none like that) and in which it is not. Without a plan, in the company in which it has the fewest
    /// rejections.
    public func options(for region: Region) -> [Option] {
        var search = search
        let companies = best == nil ? leastRejected(region, &search) : besideTheBest(region, &search)
        let options = companies.flatMap { pair -> [Option] in
            let own = region == .stolenMemory ? pair.stolenMemory : pair.opRegion
            let candidate = search.candidates[region == .stolenMemory ? 0 : 1][own]
            let option = Option(candidate.berth, search.evaluation(of: pair))
            guard candidate.members.count > 1 else { return [option] }
            let partner =
                region == .stolenMemory
                ? search.candidates[1][pair.opRegion].proposal : search.candidates[0][pair.stolenMemory].proposal
            return symmetry.options(candidate, region, beside: partner, &search)
        }
        return options
    }

    /// Pairs, one for each candidate of the region, in the order of plans.
    private func besideTheBest(_ region: Region, _ search: inout PairSearch) -> [PairSearch.Pair] {
        let (own, other) = region == .stolenMemory ? (0, 1) : (1, 0)
        let chosen = best?.berth(of: region == .stolenMemory ? .opRegion : .stolenMemory)
        let partner = search.candidates[other].firstIndex { $0.berth == chosen } ?? 0
        let others = search.candidates[other].indices.filter { $0 != partner }
        // A few strategies may have none that takes no room.
        var modest = others.filter { !search.candidates[other][$0].hasFootprint }
        if modest.isEmpty { modest = others }
        var found: [(PlanOrder.Criteria, PairSearch.Pair)] = []
        for index in search.candidates[own].indices {
            let usual = PairSearch.Pair.with(index, for: region, beside: partner)
            var pair = usual
            if search.evaluation(of: usual).isRejected(region) {
                let better = modest.lazy.map { PairSearch.Pair.with(index, for: region, beside: $0) }
                if let other = better.first(where: { !search.evaluation(of: $0).isRejected(region) }) { pair = other }
            }
            found.append((PlanOrder.criteria(search.evaluation(of: pair)), pair))
        }
        return found.enumerated().sorted { a, b in
            a.element.0 == b.element.0 ? a.offset < b.offset : a.element.0 < b.element.0
        }.map(\.element.1)
    }

    private func leastRejected(_ region: Region, _ search: inout PairSearch) -> [PairSearch.Pair] {
        let (own, other) = region == .stolenMemory ? (0, 1) : (1, 0)
        var found: [(PlanOrder.Criteria, PairSearch.Pair)] = []
        for index in search.candidates[own].indices {
            var least: (count: Int, criteria: PlanOrder.Criteria, pair: PairSearch.Pair)?
            for partner in search.candidates[other].indices {
                // Without a proof, the first company has to do.
                if search.isCut, least != nil { break }
                let pair = PairSearch.Pair.with(index, for: region, beside: partner)
                let evaluation = search.evaluation(of: pair)
                let count = evaluation.rejections(of: region).count
                let criteria = PlanOrder.criteria(evaluation)
                if let known = least, known.count < count || known.count == count && known.criteria <= criteria {
                    continue
                }
                least = (count, criteria, pair)
            }
            if let least { found.append((least.criteria, least.pair)) }
        }
        return found.enumerated().sorted { a, b in
            a.element.0 == b.element.0 ? a.offset < b.offset : a.element.0 < b.element.0
        }.map(\.element.1)
    }

    /// One berth of a region, with what the rules say of it.
    public struct Option: Hashable, Sendable {
        public var berth: RegionBerth
        /// The pair that shows it; of a candidate that was not judged itself, that of its equal.
        public var evaluation: Evaluation
        public var judgements: [Judgement]
        public var address: PredictedAddress
        /// Of the berth that was simulated, which may be its equal; nil for one without a carrier.
        public var exposure: Exposure? {
            evaluation.berth(of: berth.region).flatMap { evaluation.exposure(of: $0) }
        }

        init(_ berth: RegionBerth, _ evaluation: Evaluation) {
            self.berth = berth
            self.evaluation = evaluation
            judgements = evaluation.judgements[berth.region] ?? []
            address = evaluation.predictedAddress(of: berth)
        }

        public var conflicts: [Finding] { evaluation.conflicts }

        /// Whatever pair shows it.
        func saysTheSame(as other: Option) -> Bool {
            berth == other.berth && judgements == other.judgements && address == other.address
                && conflicts == other.conflicts
        }

        public var isRejected: Bool { judgements.contains(where: \.isRejection) || !evaluation.conflicts.isEmpty }
    }
}

extension Evaluation {
    /// Whether this region's berth cannot be used in this company.
    func isRejected(_ region: Region) -> Bool {
        !conflicts.isEmpty || (judgements[region] ?? []).contains(where: \.isRejection)
    }
}

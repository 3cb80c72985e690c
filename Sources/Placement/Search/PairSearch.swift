import BerthTopology

/// All pairs of one candidate for each region, best first, each judged only when its turn has come.
///
/// Before a pair is judged its criteria have a lower bound: no rejection, no cost, and what the two berths
/// are. When its turn comes, the rules that do not watch the guest's boot raise that bound, and only when it comes again the
/// others are asked: judgements add to criteria and take nothing away. A judged pair is handed out once no bound is smaller, so
/// the order is that of the exhaustive search, while a feasible guest has its best plan after a few pairs and an infeasible one
/// after all.
struct PairSearch: Sendable {
    let request: Request
    let rules: RuleSet
    /// In the order in which ties are broken.
    let candidates: PerRegion<[Candidate]>
    /// Not judged to the end yet.
    private var open: Heap<Entry>
    /// Judged and not handed out.
    private var judged = Heap<Entry>()
    private(set) var handedOut: [Evaluation] = []
    private var known: [Pair: Evaluation] = [:]
    /// What each candidate changes in the guest, in numbers: those that change the same have the same.
    private let changes: PerRegion<[Int]>
    private var quick: [Asked: [[Judgement]]] = [:]
    private let simulations: Simulations
    /// Functions of guests that may be looked at, and that were.
    private let budget: Int
    private var spent = 0
    /// Whether pairs were left that nobody judged: what was handed out is then the best of the others.
    private(set) var isCut = false

    /// Indices into `candidates`.
    typealias Pair = PerRegion<Int>

    /// A candidate beside whoever changes the same.
    private struct Asked: Hashable, Sendable {
        var region: Region
        var own: Int
        var beside: Int
    }

    private struct Entry: Sendable, Comparable {
        var criteria: PlanOrder.Criteria
        var pair: Pair
        /// Whether the rules that are quick to answer have raised the bound.
        var isJudgedInPart = false

        static func < (a: Entry, b: Entry) -> Bool {
            if a.criteria != b.criteria { return a.criteria < b.criteria }
            if a.pair.stolenMemory != b.pair.stolenMemory { return a.pair.stolenMemory < b.pair.stolenMemory }
            return a.pair.opRegion < b.pair.opRegion
        }
    }

    /// `simulations` are of the request's guest.
    init(
        _ request: Request, _ candidates: PerRegion<[Candidate]>, rules: RuleSet, _ simulations: Simulations,
        budget: Int = .max
    ) {
        self.request = request
        self.rules = rules
        self.budget = budget
        self.simulations = simulations
        self.candidates = candidates.map { Candidate.ordered($0, root: request.topology.rootBus) }
        var numbers: [TopologyEdit: Int] = [:]
        changes = self.candidates.map { list in list.map { numbers.number(of: $0.proposal.edit) } }
        let devices = request.topology.devices.count
        let parts = self.candidates.map { list in list.map { PlanOrder.Part($0.proposal) } }
        var entries: [Entry] = []
        entries.reserveCapacity(parts.stolenMemory.count * parts.opRegion.count)
        for (first, stolen) in parts.stolenMemory.enumerated() {
            for (second, opRegion) in parts.opRegion.enumerated() {
                entries.append(
                    Entry(
                        criteria: PlanOrder.bound(stolen, opRegion, devices: devices),
                        pair: Pair(stolenMemory: first, opRegion: second)))
            }
        }
        open = Heap(entries)
    }

    /// How many pairs there are, and how many were judged when their turn came.
    var counts: (all: Int, judged: Int) {
        let all = candidates.stolenMemory.count * candidates.opRegion.count
        return (all, all - open.elements.count { !$0.isJudgedInPart })
    }

    /// The best pair not handed out yet; nil after the last.
    mutating func next() -> Evaluation? {
        while let bound = open.first {
            if let best = judged.first, best < bound { break }
            if !bound.isJudgedInPart {
                guard spent < budget else {
                    cut()
                    break
                }
                spent += request.topology.devices.count + 8
            }
            _ = open.removeFirst()
            if bound.isJudgedInPart || known[bound.pair] != nil {
                finish(bound.pair)
            } else {
                let part = judgedInPart(bound.pair)
                open.insert(Entry(criteria: PlanOrder.criteria(part), pair: bound.pair, isJudgedInPart: true))
            }
        }
        guard let entry = judged.removeFirst() else { return nil }
        let best = evaluation(of: entry.pair)
        handedOut.append(best)
        return best
    }

    private mutating func finish(_ pair: Pair) {
        judged.insert(Entry(criteria: PlanOrder.criteria(evaluation(of: pair)), pair: pair))
    }

    /// What was begun counts.
    private mutating func cut() {
        isCut = true
        let begun = open.elements.filter(\.isJudgedInPart)
        open = Heap(open.elements.filter { !$0.isJudgedInPart })
        for entry in begun { finish(entry.pair) }
    }

    /// All pairs, best first.
    mutating func all() -> [Evaluation] {
        while next() != nil {}
        return handedOut
    }

    /// The pair judged, whether its turn has come or not.
    mutating func evaluation(of pair: Pair) -> Evaluation {
        if let known = known[pair] { return known }
        var made = simulations.evaluation(of: proposals(pair))
        for berth in made.berths {
            let quick = quickJudgements(of: berth, pair, made)
            made.judgements[berth.region] = rules.judgements(of: berth, in: made, knowing: quick)
        }
        known[pair] = made
        return made
    }

    /// Judged by the rules that need not watch the boot.
    private mutating func judgedInPart(_ pair: Pair) -> Evaluation {
        var made = simulations.evaluation(of: proposals(pair))
        for berth in made.berths {
            made.judgements[berth.region] = quickJudgements(of: berth, pair, made).flatMap { $0 }
        }
        return made
    }

    private mutating func quickJudgements(of berth: RegionBerth, _ pair: Pair, _ made: Evaluation) -> [[Judgement]] {
        let region = berth.region
        let key = Asked(region: region, own: pair[region], beside: changes[region.other][pair[region.other]])
        if let known = quick[key] { return known }
        let said = rules.quickJudgements(of: berth, in: made)
        quick[key] = said
        return said
    }

    /// The same, kept by the caller.
    func judged(_ pair: Pair) -> Evaluation { known[pair] ?? judge(proposals(pair)) }

    /// Whether no rule rejects the pair's berth of a region; asks no further than the first that does.
    func accepts(_ pair: Pair, for region: Region) -> Bool {
        if let known = known[pair] { return !known.isRejected(region) }
        let both = proposals(pair)
        return rules.accepts(both[region].berth, in: simulations.evaluation(of: both))
    }

    private func proposals(_ pair: Pair) -> PerRegion<Proposal> {
        PerRegion { candidates[$0][pair[$0]].proposal }
    }

    /// Any two proposals judged together.
    func judge(_ proposals: PerRegion<Proposal>) -> Evaluation {
        var evaluation = simulations.evaluation(of: proposals)
        for berth in evaluation.berths {
            evaluation.judgements[berth.region] = rules.judgements(of: berth, in: evaluation)
        }
        return evaluation
    }
}

import BerthDiagnostics
package import BerthHost
import BerthPCI
import BerthStack
package import BerthTopology

/// Every strategy for each region, under every firmware and guest OS.
///
/// A region is judged alone: the other one is left to the firmware, so that one strategy's verdict does not hang
/// on another's. Rows stand in the order of plans, as the guest's own firmware and OS have it.
package struct Comparison: Hashable, Sendable {
    package let request: Request
    package let columns: [Column]
    package let rows: [Row]
    /// By column: what the guest has wherever its regions are, with the properties that berths would write.
    package let guests: [Verdict]
    /// What the guest runs into as it is configured, with nothing planned or added.
    package let configured: Verdict

    /// One strategy for one region.
    package struct Row: Hashable, Sendable {
        package let region: Region
        package let strategy: StrategyID
        /// By column; nil where the strategy has nothing to propose.
        package let cells: [Cell?]
    }

    /// What one strategy comes to under one firmware and guest OS: the best of its berths.
    package struct Cell: Hashable, Sendable {
        package let berth: RegionBerth
        package let evaluation: Evaluation
        package let verdict: Verdict
        package let traits: BerthTraits

        init(_ berth: RegionBerth, _ evaluation: Evaluation, _ problems: ProblemSet) {
            self.berth = berth
            self.evaluation = evaluation
            verdict = Verdict.of(berth, in: evaluation, problems: problems)
            traits = evaluation.traits(of: berth)
        }

        package var judgements: [Judgement] { evaluation.judgements[berth.region] }
    }

    /// The column that is the guest's own firmware and OS; its cells order the rows.
    package var home: Int {
        let own = Column(own: request.topology)
        return columns.firstIndex(of: own) ?? 0
    }

    package func rows(of region: Region) -> [Row] { rows.filter { $0.region == region } }

    package init(
        _ request: Request, columns: [Column]? = nil, host: HostInventory? = nil,
        strategies: [any Strategy] = Strategies.all, rules: [any Rule] = Rules.all,
        problems: [any Problem] = Problems.all
    ) {
        let columns = columns ?? Self.columns(for: request.topology)
        let (judged, configured) = Self.judged(
            request, columns, host, strategies, RuleSet(rules), ProblemSet(problems))
        self.request = request
        self.columns = columns
        self.configured = configured
        guests = judged.map(\.guest)
        let own = Column(own: request.topology)
        let home = columns.firstIndex(of: own) ?? 0
        rows = Region.allCases.flatMap { region in
            let all = strategies.indices.map { index in
                Row(
                    region: region, strategy: strategies[index].id,
                    cells: judged.map { $0.cells[region][index] })
            }
            return Self.ordered(all.filter { $0.cells.contains { $0 != nil } }, by: home)
        }
    }

    /// What is found under one firmware and guest OS.
    private struct JudgedColumn: Sendable {
        var index: Int
        /// By strategy.
        var cells: PerRegion<[Cell?]>
        var guest: Verdict
    }

    private enum Part: Sendable {
        /// Indices of the columns of one firmware.
        case firmware([Int])
        case configured
    }

    /// Firmwares share no boot, so each is judged on a processor of its own.
    private static func judged(
        _ request: Request, _ columns: [Column], _ host: HostInventory?, _ strategies: [any Strategy],
        _ rules: RuleSet, _ problems: ProblemSet
    ) -> (columns: [JudgedColumn], configured: Verdict) {
        let groups = Dictionary(grouping: columns.indices) { columns[$0].firmware }.values.sorted { $0[0] < $1[0] }
        let parts = (groups.map(Part.firmware) + [.configured]).concurrentMap { part -> ([JudgedColumn], Verdict?) in
            guard case .firmware(let group) = part else {
                return ([], Verdict.of(request.original, host: host, rules: rules, problems: problems))
            }
            var judge = SingleBerthJudge(request, rules, problems)
            let judged = group.map { index in
                let cells = PerRegion { region in
                    strategies.map { judge.best(of: $0, region, columns[index]) }
                }
                return JudgedColumn(index: index, cells: cells, guest: judge.guest(columns[index], host: host))
            }
            return (judged, nil)
        }
        return (
            parts.flatMap(\.0).sorted { $0.index < $1.index }, parts.lazy.compactMap(\.1).first ?? Verdict([])
        )
    }

    /// Rows that the home column says nothing of come last, in the order of the catalogue.
    private static func ordered(_ rows: [Row], by home: Int) -> [Row] {
        let keys = rows.map { row in
            row.cells.indices.contains(home) ? row.cells[home].map { PlanOrder.criteria($0.evaluation) } : nil
        }
        return rows.indices.sorted { a, b in
            switch (keys[a], keys[b]) {
            case (let left?, let right?): left == right ? a < b : left < right
            case (nil, nil): a < b
            default: keys[a] != nil
            }
        }.map { rows[$0] }
    }
}

/// Judges one berth of one region at a time, and boots no guest twice.
struct SingleBerthJudge {
    private let request: Request
    private let rules: RuleSet
    private let problems: ProblemSet
    private var requests: [Comparison.Column: Request] = [:]
    /// By firmware and by what a berth changes in the guest.
    private var simulations: [Key: Simulation] = [:]
    private let trees: BootedTrees

    private struct Key: Hashable {
        var firmware: FirmwareChoice
        var edit: TopologyEdit
    }

    init(_ request: Request, _ rules: RuleSet, _ problems: ProblemSet) {
        self.request = request
        self.rules = rules
        self.problems = problems
        trees = BootedTrees(request.guestTree)
    }

    mutating func best(of strategy: any Strategy, _ region: Region, _ column: Comparison.Column) -> Comparison.Cell? {
        let request = request(column)
        var best: (criteria: PlanOrder.Criteria, berth: RegionBerth, evaluation: Evaluation)?
        for proposal in strategy.proposals(for: region, in: request) {
            let evaluation = evaluate(proposal, request)
            let criteria = PlanOrder.criteria(evaluation)
            if let best, best.criteria <= criteria { continue }
            best = (criteria, proposal.berth, evaluation)
        }
        return best.map { Comparison.Cell($0.berth, $0.evaluation, problems) }
    }

    mutating func guest(_ column: Comparison.Column, host: HostInventory?) -> Verdict {
        let topology = request(column).withPropertiesFilledIn()
        let simulation = Simulation(topology, made: [], trees)
        return Verdict(problems.ofGuest(Evaluation([], in: simulation), host: host)).weighed(for: topology.use)
    }

    private mutating func request(_ column: Comparison.Column) -> Request {
        if let known = requests[column] { return known }
        let made = request.replacing(firmware: column.firmware, guest: column.guest)
        requests[column] = made
        return made
    }

    private mutating func evaluate(_ proposal: Proposal, _ request: Request) -> Evaluation {
        var evaluation = Evaluation([proposal.berth], in: simulation(proposal, request))
        evaluation.judgements[proposal.berth.region] = rules.judgements(of: proposal.berth, in: evaluation)
        return evaluation
    }

    private mutating func simulation(_ proposal: Proposal, _ request: Request) -> Simulation {
        let guest = request.topology.guest
        let key = Key(firmware: request.topology.firmware, edit: proposal.edit)
        if let known = simulations[key] {
            return known.topology.guest == guest ? known : Simulation(guest, sharing: known)
        }
        var topology = request.topology
        // The other region is left to the firmware; VfioIgdPkg's driver does nothing at all without this file.
        if request.igd.opRegion > .zero, request.igd[property: "x-igd-opregion"] == nil {
            let file = OpRegionFile.property(for: request)
            topology.igd?.set(file.name, file.value)
        }
        proposal.edit.apply(to: &topology)
        let made = Simulation(topology, made: [proposal.edit], trees)
        simulations[key] = made
        return made
    }
}

package import BerthTopology

/// The smallest change that makes something pass, found by trying changes in the order of their cost.
package struct Fix: Hashable, Sendable {
    /// One change, or two that only help together.
    package var edits: [GuestEdit]
    package var cost: Int
    /// The guest as it was, which the words of a change refer to.
    package var guest: GuestTopology

    /// The guest as it would be.
    package var fixed: GuestTopology { edits.reduce(guest) { $1.applied(to: $0) } }
}

/// Tries the changes of an `EditSpace` on a planned guest, and plans or judges again.
///
/// What is found was judged, not guessed. Guests with a change made are kept between questions.
package struct FixSearch: Sendable {
    private let result: PlanningResult
    private let space: EditSpace
    private var edited: [Int: Edited] = [:]
    private var answers: [Question: Answer] = [:]
    private var spent = 0
    /// Functions of guests that are looked at before the search gives up: hundreds of thousands of judgements for a guest
    /// of ordinary size, a few hundred for one with ten thousand functions.
    package static let budget = 10_000_000

    /// What a search came to.
    package enum Answer: Hashable, Sendable {
        case change(Fix)
        /// None of the space helps.
        case none
        /// The budget was spent before anything was found.
        case unknown

        package var fix: Fix? { if case .change(let fix) = self { fix } else { nil } }
    }

    /// Candidates that are listed for their equals are shown by the same pair, and have the same fix.
    private struct Question: Hashable {
        var region: Region
        var strategy: StrategyID
        var shownBy: [RegionBerth]
    }

    package init(_ result: PlanningResult) {
        self.result = result
        space = EditSpace(result.request.topology, result.request.igd, freeSlots: result.request.freeSlots)
    }

    /// How many changes there are to try.
    package var count: Int { space.entries.count }

    /// The smallest change after which no rule rejects this berth any more; nil if none in the space helps.
    ///
    /// The berth is the same strategy's, on the same slot if it proposes that one again.
    package mutating func fix(for option: PlanningResult.Option) -> Fix? { answer(for: option).fix }

    /// The same, with the reason why there is none.
    package mutating func answer(for option: PlanningResult.Option) -> Answer {
        let question = Question(
            region: option.berth.region, strategy: option.berth.strategy, shownBy: option.evaluation.berths)
        if let known = answers[question] { return known }
        let made = search(option)
        answers[question] = made
        return made
    }

    private mutating func search(_ option: PlanningResult.Option) -> Answer {
        let shown = option.evaluation.berth(of: option.berth.region) ?? option.berth
        let first = result.planner.pinned(result.restriction.pins).rules.rejecting(shown, in: option.evaluation)
        for index in space.entries.indices {
            guard spent < Self.budget else { return .unknown }
            guard let edited = edited(index) else { continue }
            spent += edited.cost
            if edited.accepts(option, asking: first) { return .change(made(index)) }
        }
        return .none
    }

    /// The smallest change after which there is a plan; nil if none in the space helps.
    package mutating func fix() -> Fix? { answer().fix }

    /// The same, with the reason why there is none.
    package mutating func answer() -> Answer {
        let hopeless = Region.allCases.filter { region in
            result.options(for: region).allSatisfy { option in
                !option.conflicts.isEmpty || option.judgements.contains(where: \.isRejection)
            }
        }
        for index in space.entries.indices {
            guard spent < Self.budget else { return .unknown }
            guard let edited = edited(index) else { continue }
            // Every berth of a region beside another one.
            spent += edited.cost * 32
            if edited.isFeasible(asking: hopeless, result.restriction) { return .change(made(index)) }
        }
        return .none
    }

    private func made(_ index: Int) -> Fix {
        let entry = space.entries[index]
        return Fix(edits: entry.edits, cost: entry.cost, guest: result.request.topology)
    }

    private mutating func edited(_ index: Int) -> Edited? {
        if let known = edited[index] { return known }
        let guest = space.entries[index].edits.reduce(result.request.topology) { $1.applied(to: $0) }
        guard let request = Request(guest) else { return nil }
        let made = Edited(
            request: request, planner: result.planner, rules: result.planner.pinned(result.restriction.pins).rules,
            simulations: Simulations(request.topology))
        edited[index] = made
        return made
    }
}

/// A guest with a change made.
private struct Edited: Sendable {
    let request: Request
    let planner: Planner
    /// Its rules with the pins among them.
    let rules: RuleSet
    let simulations: Simulations

    /// Of one question, in functions looked at: two pairs, each with the machine's own functions.
    var cost: Int { 2 * (request.topology.devices.count + 8) }

    /// Whether the strategy of this berth is accepted here for its region: beside the strategy that it was shown with,
    /// or, where that one takes room in the tree, beside the first that takes none.
    func accepts(_ option: PlanningResult.Option, asking first: [Int]) -> Bool {
        let region = option.berth.region
        let other: Region = region == .stolenMemory ? .opRegion : .stolenMemory
        guard let own = proposal(like: option.berth) else { return false }
        let usual = option.evaluation.berth(of: other).flatMap(proposal(like:))
        var companies = [usual].compactMap { $0 }
        if usual.map({ !Self.isModest($0) }) ?? true {
            let all = planner.proposals(for: other, request).map(\.0)
            companies += [all.first(where: Self.isModest) ?? all.first].compactMap { $0 }
        }
        return companies.contains { isAccepted(own, region, beside: $0, asking: first) }
    }

    private func isAccepted(
        _ own: Proposal, _ region: Region, beside partner: Proposal, asking first: [Int]
    ) -> Bool {
        let pair = region == .stolenMemory ? [own, partner] : [partner, own]
        let evaluation = Evaluation([own.berth, partner.berth], in: simulations.simulation(of: pair))
        return rules.accepts(own.berth, in: evaluation, asking: first)
    }

    private static func isModest(_ proposal: Proposal) -> Bool {
        !proposal.edit.changesTree
    }

    /// The same idea, on the same slot if it is proposed again.
    private func proposal(like berth: RegionBerth) -> Proposal? {
        let all = planner.strategies.filter { $0.id == berth.strategy }.flatMap {
            $0.proposals(for: berth.region, in: request)
        }
        return all.first { $0.berth.slot?.devfn == berth.slot?.devfn } ?? all.first
    }

    /// Whether there is a plan. Where a region had no berth at all, it must have one first, in company that takes no
    /// room; only then the whole guest is planned.
    func isFeasible(asking hopeless: [Region], _ restriction: Planner.Restriction) -> Bool {
        for region in hopeless {
            let other: Region = region == .stolenMemory ? .opRegion : .stolenMemory
            let own = planner.proposals(for: region, request, restriction).map(\.0)
            let company = planner.proposals(for: other, request, restriction).map(\.0)
            let modest = company.filter(Self.isModest)
            let isPossible = own.contains { own in
                (modest.isEmpty ? company : modest).contains { isAccepted(own, region, beside: $0, asking: []) }
            }
            if !isPossible { return false }
        }
        return planner.plan(request, restriction: restriction).best != nil
    }
}

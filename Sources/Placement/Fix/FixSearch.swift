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
/// What is found was judged, not guessed: it leads to a guest that can be written and that its own verdict calls better. Guests with a change made are kept between questions.
package struct FixSearch: Sendable {
    private let planning: Planning
    /// Of the planner, with the pins among them.
    private let rules: RuleSet
    private let space: EditSpace
    private var edited: [Int: Edited] = [:]
    private var answers: [Question: Answer] = [:]
    private var spent = 0
    private var suspects = RuleSet.Suspects()
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

    package init(_ planning: Planning) {
        self.planning = planning
        rules = planning.planner.rules(pinned: planning.restriction.pins)
        let request = planning.request
        space = EditSpace(request.topology, request.igd, freeSlots: request.freeSlots)
    }

    /// How many changes there are to try.
    package var count: Int { space.entries.count }

    /// The smallest change after which no rule rejects this berth any more, released software can carry it out, and its verdict
    /// is no failure and no worse; nil if none in the space helps.
    ///
    /// The berth is the same strategy's, on the same slot if it proposes that one again.
    package mutating func fix(for option: Planning.Option) -> Fix? { answer(for: option).fix }

    /// The same, with the reason why there is none.
    package mutating func answer(for option: Planning.Option) -> Answer {
        let question = Question(
            region: option.berth.region, strategy: option.berth.strategy, shownBy: option.evaluation.berths)
        if let known = answers[question] { return known }
        let made = search(option)
        answers[question] = made
        return made
    }

    private mutating func search(_ option: Planning.Option) -> Answer {
        let shown = option.evaluation.berth(of: option.berth.region) ?? option.berth
        let first = rules.rejecting(shown, in: option.evaluation)
        let level = Verdict.of(shown, in: option.evaluation).level
        for index in space.entries.indices {
            guard spent < Self.budget else { return .unknown }
            guard let edited = edited(index) else { continue }
            spent += edited.cost
            if edited.accepts(option, asking: first, noWorseThan: level) { return .change(made(index)) }
        }
        return .none
    }

    /// The smallest change after which there is a plan that can be written and does not fail; nil if none in the space helps.
    package mutating func fix() -> Fix? { answer().fix }

    /// The same, with the reason why there is none.
    package mutating func answer() -> Answer {
        let hopeless = Region.allCases.filter { region in
            planning.options(for: region).allSatisfy(\.isRejected)
        }
        for index in space.entries.indices {
            guard spent < Self.budget else { return .unknown }
            guard let edited = edited(index) else { continue }
            // Every berth of a region beside another one.
            spent += edited.cost * 32
            if edited.isFeasible(asking: hopeless, planning.restriction, &suspects) { return .change(made(index)) }
        }
        return .none
    }

    /// Changes after which the plan has fewer losses and no worse verdict: the smallest, and at most `most` in all, each of other
    /// kinds than those before; two at once only where no single one helps. Empty for a plan without losses.
    package mutating func waysToMore(most: Int) -> [Fix] {
        guard let plan = planning.plan else { return [] }
        // What no release has is no better than what is lost.
        let lost = Region.allCases.filter { region in
            plan.evaluation.judgements[region].contains(where: \.isLoss)
                || plan.berth(of: region)?.missing.isEmpty == false
        }
        guard !lost.isEmpty else { return [] }
        let level = Verdict.of(plan.evaluation).level
        var ways: [Fix] = []
        var kinds: Set<GuestEdit.Kind> = []
        for index in space.entries.indices {
            guard spent < Self.budget, ways.count < most else { break }
            if !ways.isEmpty, space.entries[index].edits.count > 1 { break }
            let own = Set(space.entries[index].edits.map(\.kind))
            // Another OS is no way to more of this one.
            guard kinds.isDisjoint(with: own), !own.contains(.guest) else { continue }
            guard let edited = edited(index) else { continue }
            spent += edited.cost * 32
            guard let better = edited.plan(placing: lost, planning.restriction, &suspects), better.missing.isEmpty,
                PlanOrder.criteria(better.evaluation).losses < lost.count, Verdict.of(better.evaluation).level <= level
            else { continue }
            kinds.formUnion(own)
            ways.append(made(index))
        }
        return ways
    }

    private func made(_ index: Int) -> Fix {
        let entry = space.entries[index]
        return Fix(edits: entry.edits, cost: entry.cost, guest: planning.request.topology)
    }

    private mutating func edited(_ index: Int) -> Edited? {
        if let known = edited[index] { return known }
        let guest = space.entries[index].edits.reduce(planning.request.topology) { $1.applied(to: $0) }
        guard let request = Request(guest) else { return nil }
        let made = Edited(
            request: request, planner: planning.planner, rules: rules, simulations: Simulations(request))
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
    /// or, where that one adds to the tree, beside the first that does not.
    func accepts(_ option: Planning.Option, asking first: [Int], noWorseThan level: Verdict.Level) -> Bool {
        let region = option.berth.region
        guard let own = proposal(like: option.berth), own.berth.missing.isEmpty else { return false }
        let usual = option.evaluation.berth(of: region.other).flatMap(proposal(like:))
        var partners = [usual].compactMap { $0 }
        if usual?.edit.changesTree ?? true {
            let all = planner.proposals(for: region.other, request).map(\.0)
            partners += [all.first { !$0.edit.changesTree } ?? all.first].compactMap { $0 }
        }
        return partners.contains { partner in
            guard var evaluation = accepted(own, region, beside: partner, asking: first) else { return false }
            evaluation.judgements[region] = rules.judgements(of: own.berth, in: evaluation)
            return Verdict.of(own.berth, in: evaluation).level <= min(level, .degraded)
        }
    }

    /// The pair; nil where a rule rejects it for the region.
    private func accepted(
        _ own: Proposal, _ region: Region, beside partner: Proposal, asking first: [Int]
    ) -> Evaluation? {
        let evaluation = simulations.evaluation(of: PerRegion(own, for: region, other: partner))
        return rules.accepts(own.berth, in: evaluation, asking: first) ? evaluation : nil
    }

    /// The same idea, on the same slot if it is proposed again.
    private func proposal(like berth: RegionBerth) -> Proposal? {
        let all = planner.strategies.filter { $0.id == berth.strategy }.flatMap {
            $0.proposals(for: berth.region, in: request)
        }
        return all.first { $0.berth.slot?.devfn == berth.slot?.devfn } ?? all.first
    }

    /// Whether there is a plan that can be written and does not fail. Where a region had no berth at all, it must have one first;
    /// only then the whole guest is planned.
    func isFeasible(
        asking hopeless: [Region], _ restriction: Planner.Restriction, _ suspects: inout RuleSet.Suspects
    ) -> Bool {
        let whole = Whole(self, restriction)
        guard hopeless.allSatisfy({ whole.hasBerth(for: $0, &suspects) }), let plan = whole.plan else { return false }
        return plan.missing.isEmpty && Verdict.of(plan.evaluation).level < .fails
    }

    /// The plan, if at least one of these regions has a berth that loses nothing, so that planning the whole guest is worth its
    /// time.
    func plan(
        placing lost: [Region], _ restriction: Planner.Restriction, _ suspects: inout RuleSet.Suspects
    ) -> Plan? {
        let whole = Whole(self, restriction)
        return lost.contains { whole.hasBerth(for: $0, &suspects, refusing: \.isLoss) } ? whole.plan : nil
    }
}

/// A guest with a change made, for questions about all of it.
private struct Whole {
    private let guest: Edited
    private let restriction: Planner.Restriction
    private let proposals: PerRegion<[(Proposal, rank: Int)]>
    /// Of its own: many pairs are looked at, and once only.
    private let simulations: Simulations

    init(_ guest: Edited, _ restriction: Planner.Restriction) {
        self.guest = guest
        self.restriction = restriction
        proposals = PerRegion { guest.planner.proposals(for: $0, guest.request, restriction) }
        simulations = Simulations(guest.request)
    }

    var plan: Plan? { guest.planner.searched(guest.request, restriction, among: proposals, simulations).plan }

    /// Whether no rule rejects a berth that can be written, beside a partner that adds nothing to the tree if there is one.
    /// `refusing`: what else speaks against it.
    func hasBerth(
        for region: Region, _ suspects: inout RuleSet.Suspects, refusing: (Judgement) -> Bool = { _ in false }
    ) -> Bool {
        let all = proposals[region.other].map(\.0)
        let light = all.filter { !$0.edit.changesTree }
        var partners: [[Proposal]] = []
        var numbers: [TopologyEdit: Int] = [:]
        for partner in light.isEmpty ? all : light {
            let number = numbers.number(of: partner.edit)
            if number < partners.count { partners[number].append(partner) } else { partners.append([partner]) }
        }
        let rules = guest.rules
        for (own, _) in proposals[region] where own.berth.missing.isEmpty {
            for alike in partners {
                // What rules say at once is the same beside all that change the same.
                let first = simulations.evaluation(of: PerRegion(own, for: region, other: alike[0]))
                guard rules.acceptsAtOnce(own.berth, in: first, &suspects, refusing: refusing) else { continue }
                for partner in alike {
                    let pair = simulations.evaluation(of: PerRegion(own, for: region, other: partner))
                    if rules.acceptsBoot(own.berth, in: pair, &suspects, refusing: refusing) { return true }
                }
            }
        }
        return false
    }
}

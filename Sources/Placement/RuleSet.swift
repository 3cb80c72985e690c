import BerthDiagnostics

/// Rules by id, so that nothing that is said depends on the order of a registry; then those that the user adds for one
/// plan.
package struct RuleSet: Sendable {
    private var rules: [any Rule]

    package init(_ rules: [any Rule]) {
        self.rules = rules.sorted { $0.id < $1.id }
    }

    package static let all = RuleSet(Rules.all)

    func adding(_ rule: any Rule) -> RuleSet {
        var copy = self
        copy.rules.append(rule)
        return copy
    }

    /// What all rules say.
    func judgements(of berth: RegionBerth, in evaluation: Evaluation) -> [Judgement] {
        rules.flatMap { $0.judge(berth, in: evaluation) }
    }

    /// What each of the rules says that need not watch the guest's boot; nothing of the others.
    func quickJudgements(of berth: RegionBerth, in evaluation: Evaluation) -> [[Judgement]] {
        rules.map { $0.watchesBoot ? [] : $0.judge(berth, in: evaluation) }
    }

    /// What all rules say, where it is known what the quick ones do.
    func judgements(of berth: RegionBerth, in evaluation: Evaluation, knowing quick: [[Judgement]]) -> [Judgement] {
        rules.indices.flatMap { rules[$0].watchesBoot ? rules[$0].judge(berth, in: evaluation) : quick[$0] }
    }

    /// Which rules reject a berth, as `accepts` asks them.
    func rejecting(_ berth: RegionBerth, in evaluation: Evaluation) -> [Int] {
        rules.indices.filter { rules[$0].judge(berth, in: evaluation).contains(where: \.isRejection) }
    }

    /// Whether no rule rejects a berth and the guest has no conflicts; the rules of `first` are asked first, because one of
    /// them probably does. `refusing`: what else speaks against it.
    func accepts(
        _ berth: RegionBerth, in evaluation: Evaluation, asking first: [Int] = [],
        refusing: (Judgement) -> Bool = { _ in false }
    ) -> Bool {
        if first.contains(where: { rejects($0, berth, evaluation, refusing) }) { return false }
        return acceptsAtOnce(berth, in: evaluation, asked: first, refusing: refusing)
            && acceptsBoot(berth, in: evaluation, asked: first, refusing: refusing)
    }

    /// Whether none of the rules rejects it that need not watch the guest's boot.
    func acceptsAtOnce(
        _ berth: RegionBerth, in evaluation: Evaluation, asked: [Int] = [],
        refusing: (Judgement) -> Bool = { _ in false }
    ) -> Bool {
        !rules.indices.contains {
            !rules[$0].watchesBoot && !asked.contains($0) && rejects($0, berth, evaluation, refusing)
        }
    }

    /// Whether the guest has no conflicts and none of the other rules rejects it.
    func acceptsBoot(
        _ berth: RegionBerth, in evaluation: Evaluation, asked: [Int] = [],
        refusing: (Judgement) -> Bool = { _ in false }
    ) -> Bool {
        guard evaluation.conflicts.isEmpty else { return false }
        return !rules.indices.contains {
            rules[$0].watchesBoot && !asked.contains($0) && rejects($0, berth, evaluation, refusing)
        }
    }

    private func rejects(
        _ index: Int, _ berth: RegionBerth, _ evaluation: Evaluation, _ refusing: (Judgement) -> Bool
    ) -> Bool {
        rules[index].judge(berth, in: evaluation).contains { $0.isRejection || refusing($0) }
    }
}

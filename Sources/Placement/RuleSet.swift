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
    /// them probably does.
    func accepts(_ berth: RegionBerth, in evaluation: Evaluation, asking first: [Int] = []) -> Bool {
        let refuses = { (index: Int) in rejects(index, berth, evaluation) { _ in false } }
        let isNext = { (index: Int) in !first.contains(index) && refuses(index) }
        return !first.contains(where: refuses) && firstRule(watchingBoot: false, where: isNext) == nil
            && evaluation.conflicts.isEmpty && firstRule(watchingBoot: true, where: isNext) == nil
    }

    /// Which rules refused last, by what they judged: the next of its kind is probably refused by the same.
    struct Suspects: Sendable {
        fileprivate var rules: [Suspected: Int] = [:]

        fileprivate struct Suspected: Hashable, Sendable {
            var strategy: StrategyID
            var watchesBoot: Bool
        }
    }

    /// Whether none of the rules refuses a berth that need not watch the guest's boot. `also`: what speaks against it beside
    /// rejections.
    func acceptsAtOnce(
        _ berth: RegionBerth, in evaluation: Evaluation, _ suspects: inout Suspects, refusing also: (Judgement) -> Bool
    ) -> Bool {
        accepts(berth, in: evaluation, watchingBoot: false, &suspects, refusing: also)
    }

    /// Whether the guest has no conflicts and none of the other rules refuses the berth.
    func acceptsBoot(
        _ berth: RegionBerth, in evaluation: Evaluation, _ suspects: inout Suspects, refusing also: (Judgement) -> Bool
    ) -> Bool {
        evaluation.conflicts.isEmpty && accepts(berth, in: evaluation, watchingBoot: true, &suspects, refusing: also)
    }

    private func accepts(
        _ berth: RegionBerth, in evaluation: Evaluation, watchingBoot: Bool, _ suspects: inout Suspects,
        refusing also: (Judgement) -> Bool
    ) -> Bool {
        let key = Suspects.Suspected(strategy: berth.strategy, watchesBoot: watchingBoot)
        let suspect = suspects.rules[key]
        if let suspect, rejects(suspect, berth, evaluation, also) { return false }
        let found = firstRule(watchingBoot: watchingBoot) { $0 != suspect && rejects($0, berth, evaluation, also) }
        if let found { suspects.rules[key] = found }
        return found == nil
    }

    /// Of those that watch the guest's boot, or of the others.
    private func firstRule(watchingBoot: Bool, where isWanted: (Int) -> Bool) -> Int? {
        rules.indices.first { rules[$0].watchesBoot == watchingBoot && isWanted($0) }
    }

    private func rejects(
        _ index: Int, _ berth: RegionBerth, _ evaluation: Evaluation, _ refusing: (Judgement) -> Bool
    ) -> Bool {
        rules[index].judge(berth, in: evaluation).contains { $0.isRejection || refusing($0) }
    }
}

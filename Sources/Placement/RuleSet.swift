import BerthDiagnostics

/// Rules by id, so that nothing that is said depends on the order of a registry; then those that the user adds for one
/// plan.
package struct RuleSet: Sendable {
    private var rules: [any Rule] { didSet { askingOrder = Self.askingOrder(rules) } }
    /// Indices, those that watch the guest's boot last.
    private var askingOrder: [Int]

    package init(_ rules: [any Rule]) {
        self.rules = rules.sorted { $0.id < $1.id }
        askingOrder = Self.askingOrder(self.rules)
    }

    private static func askingOrder(_ rules: [any Rule]) -> [Int] {
        rules.indices.filter { !rules[$0].watchesBoot } + rules.indices.filter { rules[$0].watchesBoot }
    }

    package static let all = RuleSet(Rules.all)

    func adding(_ rule: any Rule) -> RuleSet {
        var copy = self
        copy.rules.append(rule)
        return copy
    }

    /// What all rules say, or those that need not watch the guest's boot.
    func judgements(of berth: RegionBerth, in evaluation: Evaluation, watchingBoot: Bool = true) -> [Judgement] {
        rules.flatMap { watchingBoot || !$0.watchesBoot ? $0.judge(berth, in: evaluation) : [] }
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
        func rejects(_ index: Int) -> Bool {
            rules[index].judge(berth, in: evaluation).contains { $0.isRejection || refusing($0) }
        }
        if first.contains(where: rejects) || !evaluation.conflicts.isEmpty { return false }
        return !askingOrder.contains { !first.contains($0) && rejects($0) }
    }
}

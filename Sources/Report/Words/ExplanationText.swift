import BerthDiagnostics
import BerthPlacement
import BerthTopology

/// An explanation as text: what follows, and below it what it follows from.
enum ExplanationText {
    static func render(_ explanation: Explanation, _ layout: inout TextLayout) {
        layout.blank()
        layout.line("Why there is none")
        lines(explanation, depth: 0, lead: "", &layout)
    }

    private static func lines(_ explanation: Explanation, depth: Int, lead: String, _ layout: inout TextLayout) {
        let indent = 2 + 2 * depth
        switch explanation {
        case .external(let premise): layout.line(lead + words(premise), indent: indent)
        case .derived(let conclusion, let causes):
            layout.line("\(lead)\(words(conclusion)),", indent: indent)
            for (index, cause) in causes.enumerated() {
                lines(cause, depth: depth + 1, lead: index == 0 ? "because " : "and because ", &layout)
            }
        }
    }

    static func words(_ conclusion: Explanation.Conclusion) -> String {
        switch conclusion {
        case .noPlan: "there is no plan"
        case .noBerth(let region): "no berth for \(region.name) can be used"
        case .noPartner(let berth): "\(Descriptions.berth(berth)) can be used with no berth for the other region"
        }
    }

    static func words(_ premise: Explanation.Premise) -> String {
        switch premise {
        case .needs(let region, let size): "the guest needs \(size) of \(region.name)"
        case .rejects(let berths, let fact): "\(names(berths)): \(fact)"
        case .rejectsBeside(let berths, let fact): "beside \(names(berths)): \(fact)"
        case .conflict(let berths, let finding): "beside \(names(berths)): \(finding.message) [\(finding.rule)]"
        }
    }

    /// The rule that a premise rests on; nil for a need.
    static func rule(_ premise: Explanation.Premise) -> RuleID? {
        switch premise {
        case .needs: nil
        case .rejects(_, let fact), .rejectsBeside(_, let fact): fact.rule
        case .conflict(_, let finding): finding.rule
        }
    }

    /// `ram-controller at 00:01.0 and 00:1f.1, bogus-dummy`
    private static func names(_ berths: [RegionBerth]) -> String {
        var order: [StrategyID] = []
        for berth in berths where !order.contains(berth.strategy) { order.append(berth.strategy) }
        return order.map { strategy in
            let places = berths.filter { $0.strategy == strategy }.compactMap { $0.slot.map { "00:\($0.slotText)" } }
            return places.count > 1 ? "\(strategy) at \(places.joined(separator: " and "))" : strategy.rawValue
        }.joined(separator: ", ")
    }
}

import BerthDiagnostics
import BerthPCI
import BerthPlacement
import BerthStack
import BerthTopology

/// A planning result as Markdown: the plan, why, and every candidate with its facts.
package enum PlanMarkdown {
    package static func render(_ report: PlanReport) -> String {
        let guest = report.guest
        var text = "# \(Markdown.escaped(guest.name))\n\n"
        text += "\(guest.machine.name), \(guest.firmware), \(guest.system), QEMU \(guest.qemu)"
        if let igd = guest.igd { text += ", IGD \(Descriptions.identity(igd))\(Descriptions.platform(igd))" }
        text += "\n\n## Plan\n\n"
        switch report.answer {
        case .none(let reasons): text += none(reasons, report)
        case .berthed(let plan):
            text += Markdown.table(
                ["region", "strategy", "backing", "carrier", "address", "size", "register", "missing"],
                plan.berths.map(row))
            text += "\nWhy it is best: \(Markdown.escaped(plan.reason)).\n"
            text += section("What to set", SettingText.sentences(plan.settings, rootBus: guest.machine.type.rootBus))
            text += section(
                "What the guest notices",
                plan.moves.map {
                    MoveText.sentence($0, guest.machine.type, guest.system)
                })
            text += section("Ways to more", plan.more.map(FixText.words))
            for row in plan.berths { text += facts(row) }
        }
        for region in Region.allCases { text += candidates(region, report) }
        return text
    }

    private static func section(_ title: String, _ sentences: [String]) -> String {
        sentences.isEmpty ? "" : "\n\(title):\n\n" + sentences.map { "- \(Markdown.escaped($0))\n" }.joined()
    }

    private static func none(_ reasons: PlanReport.NoPlan, _ report: PlanReport) -> String {
        var text = report.isProven ? "\(PlanTerms.none)\n" : "\(PlanTerms.notProven)\n"
        switch reasons.help {
        case .change(let fix): text += "\nSmallest change: \(Markdown.escaped(FixText.words(fix))).\n"
        case .nothing, .unfinished: text += "\nNone of the changes tried helps.\n"
        }
        if let explanation = reasons.explanation {
            text += "\nWhy there is none:\n\n" + list(explanation, depth: 0)
        }
        return text
    }

    private static func candidates(_ region: Region, _ report: PlanReport) -> String {
        let candidates = report.candidates.filter { $0.region == region }
        guard !candidates.isEmpty else { return "" }
        return "\n## Candidates: \(region.rawValue)\n\n"
            + Markdown.table(
                ["strategy", "carrier", "address", "verdict", "what speaks against it", "would help", "missing"],
                candidates.map(row))
    }

    private static func row(_ row: PlanReport.Berth) -> [String] {
        let berth = row.berth
        return [
            berth.region.rawValue, berth.strategy.rawValue, Descriptions.kind(berth.backing), carrier(berth),
            address(row), berth.reserved.description, register(berth), berth.missingPiece?.description ?? "",
        ]
    }

    private static func register(_ berth: RegionBerth) -> String {
        guard let register = berth.register else { return "" }
        return "\(register.name) at \(Hexadecimal.string(register.offset)), written by \(berth.writer.description)"
    }

    private static func row(_ candidate: PlanReport.Candidate) -> [String] {
        let row = candidate.berth
        let against = row.judgements.filter { $0.isRejection || $0.isLoss || $0.isCost }.map(\.fact)
        return [
            row.berth.strategy.rawValue, carrier(row.berth), address(row),
            candidate.isRejected ? "rejected" : "possible", against.map(\.description).joined(separator: "; "),
            candidate.help.map(words) ?? against.compactMap(\.remedy?.description).joined(separator: "; "),
            row.berth.missingPiece?.description ?? "",
        ]
    }

    /// What was found by search, or why nothing was.
    private static func words(_ help: PlanReport.Help) -> String {
        switch help {
        case .change(let fix): FixText.words(fix)
        case .nothing(_, let instead): "no change of this guest" + (instead.map { "; instead: \($0)" } ?? "")
        case .unfinished: "not all changes were tried"
        }
    }

    private static func list(_ explanation: Explanation, depth: Int) -> String {
        let indent = String(repeating: "  ", count: depth)
        switch explanation {
        case .external(let premise):
            let rule = ExplanationText.rule(premise).map { " [\($0)]" } ?? ""
            return "\(indent)- \(Markdown.escaped(ExplanationText.words(premise) + rule))\n"
        case .derived(let conclusion, let causes):
            return "\(indent)- \(Markdown.escaped(ExplanationText.words(conclusion)))\n"
                + causes.map { list($0, depth: depth + 1) }.joined()
        }
    }

    private static func facts(_ row: PlanReport.Berth) -> String {
        guard !row.judgements.isEmpty else { return "" }
        return "\n## Facts: \(row.berth.region.rawValue)\n\n"
            + Markdown.table(
                ["verdict", "rule", "statement"],
                row.judgements.map { [Descriptions.kind($0), $0.fact.rule.rawValue, "\($0.fact.statement)"] })
    }

    private static func carrier(_ berth: RegionBerth) -> String {
        guard case .bar(let slot, let index, _) = berth.backing else { return "" }
        return "00:\(slot.slotText) BAR \(index.position)"
    }

    private static func address(_ row: PlanReport.Berth) -> String { row.address.exact?.description ?? "" }
}

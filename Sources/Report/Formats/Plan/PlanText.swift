import BerthDiagnostics
import BerthPlacement
import BerthTopology

/// A planning result for people: what fits a screen, or everything, as far as the report goes.
package enum PlanText {
    package static func render(_ report: PlanReport) -> String {
        var layout = TextLayout()
        layout.heading(report.guest)
        switch report.detail {
        case .brief: BriefPlanText.render(report, &layout)
        case .all: all(report, &layout)
        }
        return layout.text
    }

    private static func all(_ report: PlanReport, _ layout: inout TextLayout) {
        switch report.answer {
        case .berthed(let plan): self.plan(plan, report, &layout)
        case .none(let reasons):
            layout.blank()
            layout.line(report.isProven ? PlanTerms.none : PlanTerms.notProven)
            layout.line(PlanTerms.change(reasons.help))
            if let explanation = reasons.explanation { ExplanationText.render(explanation, &layout) }
        }
        for region in Region.allCases { candidates(region, report, &layout) }
    }

    private static func plan(_ plan: PlanReport.Plan, _ report: PlanReport, _ layout: inout TextLayout) {
        for row in plan.berths {
            let berth = row.berth
            layout.blank()
            layout.line("\(berth.region.name): \(berth.strategy)")
            layout.field("carrier", Descriptions.carrier(berth))
            if berth.backing != .nothing {
                layout.field("address", "\(row.address)")
                layout.field("size", Descriptions.size(berth))
            }
            if let register = report.guest.igd.flatMap({ Descriptions.register(berth, of: $0) }) {
                layout.field("register", register)
            }
            if let missing = berth.missingPiece { layout.field("missing", missing.description) }
        }
        if !plan.moves.isEmpty {
            layout.blank()
            layout.line("What the guest notices")
            for move in plan.moves {
                layout.line(MoveText.sentence(move, report.guest.machine.type, report.guest.system), indent: 2)
            }
        }
        if !plan.more.isEmpty {
            layout.blank()
            layout.line("Ways to more")
            for fix in plan.more { layout.line(FixText.words(fix), indent: 2) }
        }
        layout.blank()
        layout.line("Why it is best")
        layout.line(plan.reason, indent: 2)
        if !report.isProven { layout.line("of the pairs that were judged; the guest is too large for all", indent: 2) }
        for row in plan.berths {
            for judgement in row.judgements {
                let mark = judgement.isCost || judgement.isLoss ? "but " : ""
                layout.line("\(row.berth.region.name): \(mark)\(judgement.fact)", indent: 2)
            }
        }
    }

    private static func candidates(_ region: Region, _ report: PlanReport, _ layout: inout TextLayout) {
        let chosen = report.plan?.berths.first { $0.berth.region == region }?.berth
        let others = report.candidates.filter { $0.region == region && $0.berth.berth != chosen }
        let (rejected, possible) = (others.filter(\.isRejected), others.filter { !$0.isRejected })
        if !possible.isEmpty {
            layout.blank()
            layout.line("Also possible for \(region.name)")
            for candidate in possible { entry(candidate, &layout) }
        }
        if !rejected.isEmpty {
            layout.blank()
            layout.line("Rejected for \(region.name)")
            for candidate in rejected {
                entry(candidate, &layout)
                if let help = candidate.help { layout.line(PlanTerms.help(help), indent: 8) }
            }
        }
    }

    private static func entry(_ candidate: PlanReport.Candidate, _ layout: inout TextLayout) {
        let row = candidate.berth
        layout.line(Descriptions.berth(row.berth) + (row.address.exact.map { ", at \($0)" } ?? ""), indent: 2)
        if let missing = row.berth.missingPiece { layout.line("cannot be emitted: \(missing)", indent: 6) }
        for conflict in candidate.conflicts where row.judgements.isEmpty {
            layout.line(conflict.description, indent: 6)
        }
        for judgement in row.judgements where judgement.isRejection || judgement.isLoss || judgement.isCost {
            let mark = candidate.isRejected && !judgement.isRejection ? "also: " : ""
            layout.line(mark + judgement.fact.description, indent: 6)
            if !candidate.isRejected, let remedy = judgement.fact.remedy {
                layout.line("would help: \(remedy)", indent: 8)
            }
        }
    }
}

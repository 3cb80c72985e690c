import BerthDiagnostics
package import BerthPlacement
import BerthTopology

/// A planning result for people.
package enum PlanText {
    package static func render(_ result: Planning) -> String {
        var layout = TextLayout()
        let request = result.request
        layout.line("\(request.topology.name): \(Descriptions.guest(request.topology))")
        layout.line("IGD \(Descriptions.igd(request.igd))")
        var fixes = FixSearch(result)
        if let plan = result.plan {
            self.plan(plan.evaluation, result, &layout)
        } else {
            layout.blank()
            layout.line(result.isProven ? "No berth: every candidate is rejected." : PlanTerms.notProven)
            switch fixes.answer() {
            case .change(let fix): layout.line("Smallest change: \(FixText.words(fix))")
            case .none: layout.line("None of \(fixes.count) changes tried helps.")
            case .unknown:
                layout.line("No change was found among the first of \(fixes.count); the guest is too large for all.")
            }
            if case .infeasible(let explanation) = result.outcome { ExplanationText.render(explanation, &layout) }
        }
        for region in Region.allCases { options(region, result, &fixes, &layout) }
        return layout.text
    }

    private static func plan(_ best: Evaluation, _ result: Planning, _ layout: inout TextLayout) {
        for berth in best.berths {
            layout.blank()
            layout.line("\(berth.region.name): \(berth.strategy)")
            layout.field("carrier", Descriptions.carrier(berth))
            if berth.backing != .nothing {
                layout.field("address", "\(best.predictedAddress(of: berth))")
                layout.field("size", Descriptions.size(berth))
            }
            if let register = Descriptions.register(berth, of: result.request.igd) {
                layout.field("register", register)
            }
            if let missing = berth.missingPiece { layout.field("missing", missing.description) }
        }
        layout.blank()
        layout.line("Why it is best")
        if let preference = result.preference { layout.line("\(preference.statement)", indent: 2) }
        if !result.isProven { layout.line("of the pairs that were judged; the guest is too large for all", indent: 2) }
        for berth in best.berths {
            for judgement in best.judgements[berth.region] {
                let mark = judgement.isCost ? "but " : ""
                layout.line("\(berth.region.name): \(mark)\(judgement.fact)", indent: 2)
            }
        }
    }

    /// What the rule says that helps, where no change of this guest does.
    private static func otherwise(_ option: Planning.Option, _ fixes: FixSearch) -> String {
        let remedy = option.judgements.filter(\.isRejection).compactMap(\.fact.remedy).first
        return "no change of this guest helps (\(fixes.count) tried)" + (remedy.map { "; instead: \($0)" } ?? "")
    }

    private static func options(
        _ region: Region, _ result: Planning, _ fixes: inout FixSearch, _ layout: inout TextLayout
    ) {
        let chosen = result.plan?.berth(of: region)
        let options = result.options(for: region).filter { $0.berth != chosen }
        let (rejected, possible) = (options.filter(\.isRejected), options.filter { !$0.isRejected })
        if !possible.isEmpty {
            layout.blank()
            layout.line("Also possible for \(region.name)")
            for option in possible { entry(option, &layout) }
        }
        if !rejected.isEmpty {
            layout.blank()
            layout.line("Rejected for \(region.name)")
            for option in rejected {
                entry(option, &layout)
                switch fixes.answer(for: option) {
                case .change(let fix): layout.line("would help: \(FixText.words(fix))", indent: 8)
                case .none: layout.line(otherwise(option, fixes), indent: 8)
                case .unknown:
                    layout.line("not all of \(fixes.count) changes were tried: too many functions", indent: 8)
                }
            }
        }
    }

    private static func entry(_ option: Planning.Option, _ layout: inout TextLayout) {
        layout.line(Descriptions.berth(option.berth) + (option.address.exact.map { ", at \($0)" } ?? ""), indent: 2)
        if let missing = option.berth.missingPiece { layout.line("cannot be emitted: \(missing)", indent: 6) }
        for conflict in option.conflicts where option.judgements.isEmpty {
            layout.line(conflict.description, indent: 6)
        }
        for judgement in option.judgements where judgement.isRejection || judgement.isCost {
            let mark = option.isRejected && judgement.isCost ? "also: " : ""
            layout.line(mark + judgement.fact.description, indent: 6)
            if !option.isRejected, let remedy = judgement.fact.remedy {
                layout.line("would help: \(remedy)", indent: 8)
            }
        }
    }
}

/// What more than one format says.
enum PlanTerms {
    static let notProven = "No berth was found before the search stopped; the guest is too large for all pairs."
}

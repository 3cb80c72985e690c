import BerthDiagnostics
public import BerthPlacement
import BerthTopology

/// A planning result for people.
public enum PlanText {
    public static func render(_ result: PlanningResult) -> String {
        var layout = TextLayout()
        let request = result.request
        layout.line("\(request.topology.name): \(Descriptions.guest(request.topology))")
        layout.line("IGD \(Descriptions.igd(request.igd))")
        if let best = result.best {
            plan(best, result, &layout)
        } else {
            layout.blank()
            layout.line("No berth: every candidate is rejected.")
        }
        for region in Region.allCases { options(region, result, &layout) }
        return layout.text
    }

    private static func plan(_ best: Evaluation, _ result: PlanningResult, _ layout: inout TextLayout) {
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
            if let missing = berth.missingPiece { layout.field("missing", missing) }
        }
        layout.blank()
        layout.line("Why it is best")
        layout.line(PlanOrder.reason(best, before: result.second), indent: 2)
        for berth in best.berths {
            for judgement in best.judgements[berth.region] ?? [] {
                let mark = judgement.isCost ? "but " : ""
                layout.line("\(berth.region.name): \(mark)\(judgement.fact)", indent: 2)
            }
        }
    }

    private static func options(_ region: Region, _ result: PlanningResult, _ layout: inout TextLayout) {
        let chosen = result.best?.berth(of: region)
        let options = result.options(for: region).filter { $0.berth != chosen }
        let (rejected, possible) = (options.filter(\.isRejected), options.filter { !$0.isRejected })
        if !possible.isEmpty {
            layout.blank()
            layout.line("Also possible for \(region.name)")
            for option in possible { entry(option, &layout) { $0.isCost } }
        }
        if !rejected.isEmpty {
            layout.blank()
            layout.line("Rejected for \(region.name)")
            for option in rejected { entry(option, &layout) { $0.isRejection || $0.isCost } }
        }
    }

    private static func entry(_ option: PlanningResult.Option, _ layout: inout TextLayout, shown: (Judgement) -> Bool) {
        layout.line(Descriptions.berth(option.berth) + (option.address.exact.map { ", at \($0)" } ?? ""), indent: 2)
        if let missing = option.berth.missingPiece { layout.line("cannot be emitted: \(missing)", indent: 6) }
        for conflict in option.conflicts where option.judgements.isEmpty {
            layout.line(conflict.description, indent: 6)
        }
        for judgement in option.judgements where shown(judgement) {
            let mark = option.isRejected && judgement.isCost ? "also: " : ""
            layout.line(mark + judgement.fact.description, indent: 6)
            if let remedy = judgement.fact.remedy { layout.line("would help: \(remedy)", indent: 8) }
        }
    }
}

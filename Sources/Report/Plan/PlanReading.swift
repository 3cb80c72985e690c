import BerthDiagnostics
package import BerthHost
package import BerthPlacement
import BerthTopology

/// The one place that asks a planning result, and has changes searched for.
extension PlanReport {
    /// `host`: what is known of it beyond the IGD itself, for the verdict.
    package init(_ result: Planning, detail: Detail, host: HostInventory? = nil) {
        self.detail = detail
        guest = ReportedGuest(result.request.topology)
        isProven = result.isProven
        // Every berth in full is for `--all`.
        let options = detail == .all ? Region.allCases.flatMap { result.options(for: $0) } : []
        let counts = PerRegion { detail == .all ? Planning.Tally(of: $0, in: options) : result.tally(of: $0) }
        tallies = Region.allCases.map { region in
            Tally(region: region, candidates: counts[region].berths, rejected: counts[region].rejected)
        }
        if let plan = result.plan {
            answer = .berthed(Plan(plan.evaluation, result, counts.both.flatMap(\.accepted), detail, host: host))
            var search = detail == .all ? FixSearch(result) : nil
            candidates = detail == .all ? options.map { Candidate($0, help: search?.help(for: $0)) } : []
        } else {
            var search = FixSearch(result)
            let help = Help(search.answer(), tried: search.count)
            answer = .none(NoPlan(help: help, explanation: result.outcome.explanation))
            candidates = detail == .all ? options.map { Candidate($0, help: search.help(for: $0)) } : []
        }
    }
}

extension PlanReport.Plan {
    fileprivate init(
        _ best: Evaluation, _ result: Planning, _ accepted: [Planning.Option], _ detail: PlanReport.Detail,
        host: HostInventory?
    ) {
        berths = best.berths.map { berth in
            PlanReport.Berth(
                berth: berth, address: best.predictedAddress(of: berth),
                judgements: best.judgements[berth.region],
                exposure: detail == .all ? BerthExposure(berth, best.exposure(of: berth), best) : nil)
        }
        settings = GuestSetting.needed(from: result.request.original, to: best.topology)
        moves = result.moves
        var search = FixSearch(result)
        more = search.waysToMore(most: PlanReport.mostWays)
        verdict = Verdict.of(best, host: host)
        reason = result.preference?.statement.description ?? ""
        alternatives = result.alternatives(among: accepted).prefix(PlanReport.mostAlternatives).map { option in
            PlanReport.Berth(
                berth: option.berth, address: option.address, judgements: option.judgements, exposure: nil)
        }
    }
}

extension PlanReport.Candidate {
    fileprivate init(_ option: Planning.Option, help: PlanReport.Help?) {
        berth = PlanReport.Berth(
            berth: option.berth, address: option.address, judgements: option.judgements,
            exposure: BerthExposure(option.berth, option.exposure, option.evaluation))
        conflicts = option.conflicts
        isRejected = option.isRejected
        self.help = help
    }
}

extension PlanReport.Help {
    fileprivate init(_ answer: FixSearch.Answer, tried: Int, instead: String? = nil) {
        switch answer {
        case .change(let fix): self = .change(fix)
        case .none: self = .nothing(tried: tried, instead: instead)
        case .unknown: self = .unfinished(of: tried)
        }
    }
}

extension FixSearch {
    /// Nil for a candidate that needs none.
    fileprivate mutating func help(for option: Planning.Option) -> PlanReport.Help? {
        guard option.isRejected else { return nil }
        // What nobody has the software for is helped by no advice.
        let isReleased = option.berth.missing.isEmpty
        let remedy = isReleased ? option.judgements.filter(\.isRejection).compactMap(\.fact.remedy).first : nil
        return PlanReport.Help(answer(for: option), tried: count, instead: remedy?.description)
    }
}

package import BerthBoot
import BerthPCI
package import BerthPlacement
import BerthTopology

extension PlanPicture {
    /// `report` is of the same result, with its candidates; `outcome` the boot of the guest that has the plan, or of the guest as
    /// it is where there is none.
    package init(_ result: Planning, _ report: PlanReport, _ outcome: BootOutcome?) {
        self.report = report
        let best = result.plan?.evaluation
        guest = outcome.flatMap { outcome in
            guard let best else { return GuestPicture(result.request.topology, outcome) }
            guard outcome.firmware.halted == nil else { return nil }
            return GuestPicture(
                best.topology, outcome, exposures: best.berths.compactMap { Self.exposure($0, best) },
                regions: best.berths.compactMap { AddressMap.Placed($0, best) },
                floating: best.berths.compactMap { AddressMap.Floating($0, best) })
        }
        choices = Region.allCases.flatMap { region in
            var seen: Set<StrategyID> = best.flatMap { $0.berth(of: region) }.map { [$0.strategy] } ?? []
            return result.options(for: region).compactMap { option -> Choice? in
                // One that was not simulated itself stands behind its equal, which was.
                guard option.evaluation.berth(of: region) == option.berth,
                    let candidate = report.candidates.first(where: {
                        $0.region == region && $0.berth.berth == option.berth
                    }),
                    seen.insert(option.berth.strategy).inserted
                else { return nil }
                return Choice(
                    candidate: candidate, placed: AddressMap.Placed(option.berth, option.evaluation),
                    map: AddressMap(option.evaluation))
            }
        }
    }

    /// Memory that the firmware reserves is always there; of other memory without a BAR nothing is known.
    private static func exposure(_ berth: RegionBerth, _ evaluation: Evaluation) -> Exposure? {
        evaluation.exposure(of: berth)
            ?? (berth.backing == .reservedRAM ? Exposure(region: berth.region, level: .never) : nil)
    }
}

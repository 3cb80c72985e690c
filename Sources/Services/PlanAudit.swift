package import BerthAudit
import BerthBoot
import BerthPCI
package import BerthPlacement
import BerthTopology

/// Plans, checked by `Audit`, which knows nothing of how they came to be.
extension Services {
    /// What does not hold of a plan. The guest is booted once more for it, so that nothing which the search kept or
    /// shared is believed.
    package static func violations(of plan: Evaluation) -> [Violation] {
        plan.berths.allSatisfy { $0.backing == .nothing }
            ? [] : Audit.violations(of: plan.claims, in: AuditedGuest(plan.topology, withOS: plan.guest != nil))
    }

    /// The same by the boot that the plan was judged by, which costs microseconds.
    package static func quickViolations(of plan: Evaluation) -> [Violation] {
        let guest = AuditedGuest(
            plan.topology, plan.tree, plan.outcome, plan.guest)
        return Audit.violations(of: plan.claims, in: guest)
    }

    /// Errors: the plan does not hold.
    static func audit(_ plan: Evaluation, _ check: (Evaluation) -> [Violation] = violations) throws(Defect) {
        let name = "\(plan.topology.name): \(plan.berths.map(\.strategy.rawValue).joined(separator: " + "))"
        if let defect = Defect(check(plan), in: name) { throw defect }
    }

    /// Checks the berths that a report lists as possible beside the best plan, each in the pair that shows it. Those
    /// that are listed for their equals are not simulated, so there is nothing of theirs to check.
    ///
    /// Errors: one does not hold.
    package static func auditOptions(of planning: Planning) throws(Defect) {
        for region in Region.allCases {
            for option in planning.options(for: region)
            where option.evaluation.isAccepted && option.evaluation.berth(of: region) == option.berth {
                try audit(option.evaluation, quickViolations)
            }
        }
    }
}

extension Evaluation {
    /// One for each region that there is.
    var claims: [Claim] {
        berths.compactMap { berth in
            let place: Claim.Place
            switch berth.backing {
            case .nothing: return nil
            case .bar(let slot, let index, _): place = .bar(slot, register: index.position)
            case .reservedRAM: place = .reservedRAM
            case .hostMemory: place = .mapped
            case .range: place = berth.combination.memory == .guestRAM ? .chosenRAM : .mapped
            }
            let predicted = predictedAddress(of: berth)
            let isOpen = predicted != .none || !berth.missing.isEmpty && berth.carrier == nil
            return Claim(
                berth.region.name, place, address: predicted.exact?.rawValue, isOpen: isOpen,
                needed: berth.needed.rawValue, taken: berth.reserved.rawValue,
                alignment: PerRegion(stolenMemory: 1 << 20, opRegion: 4096)[berth.region],
                register: berth.register?.offset,
                bits: berth.register?.bits ?? 0,
                writer: berth.writer == .firmware ? .firmware : berth.writer == .nobody ? .nobody : .other,
                slack: PerRegion(stolenMemory: 0, opRegion: 4095)[berth.region],
                isTodaysFirmware: !berth.missing.contains { $0.party == .firmware })
        }
    }
}

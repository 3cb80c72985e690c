package import BerthDiagnostics
package import BerthPlacement
package import BerthTopology

/// Everything that a format may say of a planning result, worked out once and no further than asked.
///
/// A value: formats look nothing up and try nothing, they put this into words.
package struct PlanReport: Hashable, Sendable {
    /// How much is worked out.
    package enum Detail: Hashable, Sendable, CaseIterable {
        /// What fits a screen: the plan, what comes next, how many were rejected.
        case brief
        /// Every candidate besides, with what would help it and when it is not there.
        case all
    }

    package internal(set) var detail: Detail
    package let guest: ReportedGuest
    /// False where the search stopped before it had looked at everything: there may be a plan, or a better one.
    package let isProven: Bool
    package internal(set) var answer: Answer
    /// Of both regions, in their order.
    package let tallies: [Tally]
    /// By region, then the best first; none in a brief report.
    package internal(set) var candidates: [Candidate]

    package enum Answer: Hashable, Sendable {
        case berthed(Plan)
        case none(NoPlan)
    }

    /// The best pair of berths.
    package struct Plan: Hashable, Sendable {
        /// One a region.
        package internal(set) var berths: [Berth]
        /// What has to be set in the guest, as it is, for the plan to hold.
        package let settings: [GuestSetting]
        /// What the guest notices of the room that was made for its IGD.
        package let moves: [GuestMove]
        /// Changes that lose less, the smallest first; at the most `PlanReport.mostWays`.
        package let more: [Fix]
        /// What the guest's user will see of it.
        package let verdict: Verdict
        /// Why it stands before the plan that comes next.
        package let reason: String
        /// What could stand in the place of one of them, of other strategies, the best first; at the most
        /// `PlanReport.mostAlternatives`.
        package let alternatives: [Berth]

        /// Whether released software can carry it out.
        package var isEmittable: Bool { berths.allSatisfy { $0.berth.missingPiece == nil } }
    }

    /// How many other berths a report names beside a plan.
    package static let mostAlternatives = 3

    /// How many ways to more a report names.
    package static let mostWays = 3

    /// Where no pair of berths is accepted, or none was found.
    package struct NoPlan: Hashable, Sendable {
        /// The smallest change of the guest after which there is a plan.
        package let help: Help
        /// The facts that leave no plan; nil where nobody knows.
        package let explanation: Explanation?
    }

    /// What a search for a change came to.
    package enum Help: Hashable, Sendable {
        case change(Fix)
        /// None of so many changes helps; what the rule says that does.
        case nothing(tried: Int, instead: String?)
        /// The guest is too large for all of so many changes.
        case unfinished(of: Int)
    }

    /// One berth of a region, judged.
    package struct Berth: Hashable, Sendable {
        package let berth: RegionBerth
        package let address: PredictedAddress
        /// In the order of the rules.
        package let judgements: [Judgement]
        /// When somebody misses it; nil in a brief report, and where nothing of the guest's carries the region.
        package internal(set) var exposure: BerthExposure?

        package var rejections: [Fact] { judgements.filter(\.isRejection).map(\.fact) }
        /// What somebody goes without, then what it costs beside.
        package var costs: [Fact] { judgements.filter(\.isLoss).map(\.fact) + judgements.filter(\.isCost).map(\.fact) }
    }

    /// One berth beside the best plan's other one, or beside the first beside which it can be.
    package struct Candidate: Hashable, Sendable {
        package let berth: Berth
        /// What QEMU would refuse of that guest.
        package let conflicts: [Finding]
        package let isRejected: Bool
        /// Nil for one that can be.
        package let help: Help?

        package var region: Region { berth.berth.region }
    }

    /// How many candidates a region has.
    package struct Tally: Hashable, Sendable {
        package let region: Region
        package let candidates: Int
        package let rejected: Int
    }

    package var plan: Plan? { if case .berthed(let plan) = answer { plan } else { nil } }

    /// The same, as far as a brief report goes.
    package var brief: PlanReport {
        var copy = self
        copy.detail = .brief
        copy.candidates = []
        if case .berthed(var plan) = answer {
            for index in plan.berths.indices { plan.berths[index].exposure = nil }
            copy.answer = .berthed(plan)
        }
        return copy
    }
}

package import BerthDiagnostics
package import BerthPCI
import BerthTopology

/// The total order of plans. docs/strategies.md says why each criterion stands where it stands.
///
/// Accepted before rejected; released software before what nobody has; fewer regions that somebody goes without; fewer parties that write registers; fewer costs; less
/// of the hole; fewer devices; then the order of the catalogue and the place of the carrier (`Candidate`).
package enum PlanOrder {
    /// Goes up when the order changes, so that a lock knows by which order it was made.
    package static let version = 2

    /// What is compared, the first that differs deciding. Smaller is better.
    struct Criteria: Hashable, Sendable, Comparable {
        var isRejected: Bool
        /// Whether no released software can carry it out.
        var isUnreleased: Bool
        var rejections: Int
        /// Regions that somebody wants and goes without.
        var losses: Int
        /// Who has to act for the registers to be right, beyond the firmware.
        var writers: Int
        var costs: Int
        /// Bytes of BARs.
        var hole: UInt64
        var devices: Int

        static func < (a: Criteria, b: Criteria) -> Bool {
            if a.isRejected != b.isRejected { return b.isRejected }
            if a.isUnreleased != b.isUnreleased { return b.isUnreleased }
            if a.rejections != b.rejections { return a.rejections < b.rejections }
            if a.losses != b.losses { return a.losses < b.losses }
            if a.writers != b.writers { return a.writers < b.writers }
            if a.costs != b.costs { return a.costs < b.costs }
            if a.hole != b.hole { return a.hole < b.hole }
            return a.devices < b.devices
        }
    }

    static func criteria(_ evaluation: Evaluation) -> Criteria {
        var rejections = evaluation.conflicts.count
        var (losses, costs) = (0, 0)
        for berth in evaluation.berths {
            for judgement in evaluation.judgements[berth.region] {
                if judgement.isRejection { rejections += 1 }
                if judgement.isLoss { losses += 1 }
                if judgement.isCost { costs += 1 }
            }
        }
        return Criteria(
            isRejected: rejections > 0, isUnreleased: evaluation.berths.contains { !$0.missing.isEmpty },
            rejections: rejections, losses: losses, writers: evaluation.berths.reduce(0) { $0 + $1.writer.rank },
            costs: costs,
            hole: evaluation.berths.reduce(0) { $0 &+ $1.hole.rawValue },
            devices: evaluation.topology.devices.count)
    }

    /// What is known of a proposal before it is judged.
    struct Part {
        var isUnreleased: Bool
        var writers: Int
        var hole: UInt64
        var edit: TopologyEdit
        /// Whether it may share a device with another.
        var isServed: Bool

        init(_ proposal: Proposal) {
            isUnreleased = !proposal.berth.missing.isEmpty
            writers = proposal.berth.writer.rank
            hole = proposal.berth.hole.rawValue
            edit = proposal.edit
            isServed = edit.devices.contains { $0.userSocket != nil }
        }
    }

    /// What two proposals come to at best, in a guest of so many devices.
    static func bound(_ a: Part, _ b: Part, devices: Int) -> Criteria {
        let added =
            a.isServed && b.isServed ? a.edit.deviceCount(with: b.edit) : a.edit.devices.count + b.edit.devices.count
        return Criteria(
            isRejected: false, isUnreleased: a.isUnreleased || b.isUnreleased, rejections: 0, losses: 0,
            writers: a.writers + b.writers, costs: 0, hole: a.hole &+ b.hole, devices: devices + added)
    }
}

extension RegionBerth {
    /// Address space that its BAR takes.
    var hole: ByteCount { carrier == nil ? .zero : reserved }
}

extension RegionBerth.RegisterWriter {
    /// From nobody new to everybody.
    fileprivate var rank: Int {
        switch self {
        case .firmware, .nobody: 0
        case .optionROM: 1
        case .writerROM: 2
        case .qemu: 3
        case .guest: 4
        }
    }
}

/// Why a plan stands before the next one.
package enum Preference: Hashable, Sendable {
    /// There is no other.
    case onlyCandidate
    /// Released software can carry it out, and not the next one.
    case isReleased(next: [StrategyID])
    /// Somebody goes without a region in the next one.
    case fewerLosses(next: [StrategyID])
    case fewerWriters(next: [StrategyID])
    case fewerCosts(Int, next: [StrategyID], Int)
    case lessAddressSpace(ByteCount, next: [StrategyID], ByteCount)
    case fewerDevices(next: [StrategyID])
    /// Nothing differs but the order of the catalogue and of slots.
    case tie(next: [StrategyID])

    init(of best: Evaluation, before second: Evaluation?) {
        guard let second else {
            self = .onlyCandidate
            return
        }
        let (left, right) = (PlanOrder.criteria(best), PlanOrder.criteria(second))
        let next = second.berths.map(\.strategy)
        self =
            if left.isUnreleased != right.isUnreleased {
                .isReleased(next: next)
            } else if left.losses != right.losses {
                .fewerLosses(next: next)
            } else if left.writers != right.writers {
                .fewerWriters(next: next)
            } else if left.costs != right.costs {
                .fewerCosts(left.costs, next: next, right.costs)
            } else if left.hole != right.hole {
                .lessAddressSpace(ByteCount(left.hole), next: next, ByteCount(right.hole))
            } else if left.devices != right.devices {
                .fewerDevices(next: next)
            } else {
                .tie(next: next)
            }
    }

    package var statement: Statement {
        let named = { (next: [StrategyID]) -> Statement in
            "the next one (\(next.map { "\($0)" as Statement }.joined(separator: " + ")))"
        }
        return switch self {
        case .onlyCandidate: "it is the only candidate that no rule rejects"
        case .isReleased(let next): "released software can carry it out, unlike \(named(next))"
        case .fewerLosses(let next): "more of the regions are there than with \(named(next))"
        case .fewerWriters(let next): "fewer parties have to write the registers than with \(named(next))"
        case .fewerCosts(let own, let next, let other): "it has \(own) drawbacks, \(named(next)) has \(other)"
        case .lessAddressSpace(let own, let next, let other):
            "it takes \(own) of address space for BARs, \(named(next)) \(other)"
        case .fewerDevices(let next): "it adds fewer devices than \(named(next))"
        case .tie(let next): "\(named(next)) is as good; the order of the catalogue and of slots decides"
        }
    }
}

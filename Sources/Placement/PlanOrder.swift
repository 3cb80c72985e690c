import BerthPCI
import BerthTopology

/// The total order of plans. docs/strategies.md says why each criterion stands where it stands.
///
/// Accepted before rejected; released software before wishes; fewer hands in the game; fewer costs; less
/// of the hole; fewer devices; then the order of the catalogue and the place of the carrier (`Candidate`).
package enum PlanOrder {
    /// Goes up when the order changes, so that a lock knows by which order it was made.
    package static let version = 1

    /// What is compared, the first number that differs deciding.
    struct Criteria: Hashable, Sendable, Comparable {
        /// 0 for accepted.
        var isRejected: UInt64
        /// 0 for what released software can carry out.
        var isWish: UInt64
        var rejections: UInt64
        var hands: UInt64
        var costs: UInt64
        /// Bytes of BARs.
        var hole: UInt64
        var devices: UInt64

        var numbers: [UInt64] { [isRejected, isWish, rejections, hands, costs, hole, devices] }

        static func < (a: Criteria, b: Criteria) -> Bool {
            if a.isRejected != b.isRejected { return a.isRejected < b.isRejected }
            if a.isWish != b.isWish { return a.isWish < b.isWish }
            if a.rejections != b.rejections { return a.rejections < b.rejections }
            if a.hands != b.hands { return a.hands < b.hands }
            if a.costs != b.costs { return a.costs < b.costs }
            if a.hole != b.hole { return a.hole < b.hole }
            return a.devices < b.devices
        }
    }

    static func criteria(_ evaluation: Evaluation) -> Criteria {
        var rejections = evaluation.conflicts.count
        var costs = 0
        for berth in evaluation.berths {
            for judgement in evaluation.judgements[berth.region] ?? [] {
                if judgement.isRejection { rejections += 1 }
                if judgement.isCost { costs += 1 }
            }
        }
        return Criteria(
            isRejected: rejections > 0 ? 1 : 0, isWish: evaluation.canBeEmitted ? 0 : 1, rejections: UInt64(rejections),
            hands: evaluation.berths.reduce(0) { $0 + hands($1) }, costs: UInt64(costs),
            hole: evaluation.berths.reduce(0) { $0 &+ hole($1) }, devices: UInt64(evaluation.topology.devices.count))
    }

    /// Who has to act for the register to be right, from nobody new to everybody.
    static func hands(_ berth: RegionBerth) -> UInt64 {
        switch berth.writer {
        case .firmware, .nobody: 0
        case .optionROM: 1
        case .qemu: 2
        case .guest: 3
        }
    }

    /// Bytes of address space for BARs.
    static func hole(_ berth: RegionBerth) -> UInt64 {
        if case .bar = berth.backing { berth.reserved.rawValue } else { 0 }
    }
}

extension PlanOrder {
    /// Why `best` stands before the next plan: the first criterion in which they differ.
    package static func reason(_ best: Evaluation, before second: Evaluation?) -> String {
        guard let second else { return "it is the only candidate that no rule rejects" }
        let (left, right) = (criteria(best).numbers, criteria(second).numbers)
        let other = second.berths.map(\.strategy.rawValue).joined(separator: " + ")
        let first = zip(left, right).enumerated().first { $0.element.0 != $0.element.1 }
        switch first?.offset {
        case 1: return "released software can carry it out, unlike the next one (\(other))"
        case 3: return "fewer hands are needed for the registers than with the next one (\(other))"
        case 4: return "it has \(left[4]) drawbacks, the next one (\(other)) has \(right[4])"
        case 5:
            return
                "it takes \(ByteCount(left[5])) of address space for BARs, the next one (\(other)) \(ByteCount(right[5]))"
        case 6: return "it adds fewer devices than the next one (\(other))"
        default: return "the next one (\(other)) is as good; the order of the catalogue and of slots decides"
        }
    }
}

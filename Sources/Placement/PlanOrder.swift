import BerthPCI
import BerthTopology

/// The total order of plans. docs/strategies.md says why each criterion stands where it stands.
///
/// Accepted before rejected; released software before wishes; fewer hands in the game; fewer costs; less
/// of the hole; fewer devices; then the order of the catalogue and the address of the carrier.
public enum PlanOrder {
    /// A berth or two that nobody rejected, compared by these numbers in this order.
    static func key(_ evaluation: Evaluation) -> [UInt64] {
        let judgements = evaluation.berths.flatMap { evaluation.judgements[$0.region] ?? [] }
        let rejections = judgements.filter(\.isRejection).count + evaluation.conflicts.count
        let hands = evaluation.berths.map { rank($0.writer) }.reduce(0, +)
        let costs = judgements.filter(\.isCost).count
        let hole = evaluation.berths.reduce(UInt64(0)) { sum, berth in
            if case .bar = berth.backing { sum + berth.reserved.rawValue } else { sum }
        }
        let devices = evaluation.topology.devices.count
        return [
            UInt64(min(rejections, 1)), evaluation.canBeEmitted ? 0 : 1, UInt64(rejections), hands, UInt64(costs), hole,
            UInt64(devices),
        ]
            + evaluation.berths.flatMap { berth -> [UInt64] in
                [UInt64(Strategies.rank(berth.strategy)), UInt64(berth.slot?.devfn ?? 0), berth.reserved.rawValue]
            }
    }

    static func precedes(_ a: Evaluation, _ b: Evaluation) -> Bool {
        let left = key(a)
        let right = key(b)
        return left.lexicographicallyPrecedes(right)
    }

    /// Who has to act for the register to be right, from nobody new to everybody.
    private static func rank(_ writer: RegionBerth.RegisterWriter) -> UInt64 {
        switch writer {
        case .firmware, .nobody: 0
        case .optionROM: 1
        case .qemu: 2
        case .guest: 3
        }
    }
}

extension PlanOrder {
    /// Why `best` stands before the next plan: the first criterion in which they differ.
    package static func reason(_ best: Evaluation, before second: Evaluation?) -> String {
        guard let second else { return "it is the only candidate that no rule rejects" }
        let (left, right) = (key(best), key(second))
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

import BerthPCI
import BerthPlacement
import BerthTopology

/// The planner as one would explain it: every pair, each judged on its own, then sorted. It shares proposals and
/// rules with the real one, and nothing of its search.
struct ExhaustivePlanner {
    var planner = Planner()

    struct Ranked {
        var evaluation: Evaluation
        /// Smaller is better, the first number that differs decides.
        var key: [UInt64]
        var tie: [String]
    }

    func plan(_ request: Request) -> [Ranked] {
        var all: [Ranked] = []
        for (stolen, first) in planner.proposals(for: .stolenMemory, request) {
            for (opRegion, second) in planner.proposals(for: .opRegion, request) {
                let evaluation = planner.evaluate(
                    request, PerRegion(stolenMemory: stolen, opRegion: opRegion))
                let tie = [(stolen.berth, first), (opRegion.berth, second)].flatMap { Self.tie($0.0, $0.1, request) }
                all.append(Ranked(evaluation: evaluation, key: Self.key(evaluation, request), tie: tie))
            }
        }
        return all.sorted { a, b in
            a.key == b.key ? a.tie.lexicographicallyPrecedes(b.tie) : a.key.lexicographicallyPrecedes(b.key)
        }
    }

    /// The criteria of docs/strategies.md, one number each.
    static func key(_ evaluation: Evaluation, _ request: Request) -> [UInt64] {
        let judgements = evaluation.berths.flatMap { evaluation.judgements[$0.region] }
        let obstacles = judgements.filter(\.isRejection).count + evaluation.conflicts.count
        let isUnreleased = evaluation.berths.contains { $0.missingPiece != nil }
        var writers = 0
        var bars: UInt64 = 0
        for berth in evaluation.berths {
            switch berth.writer {
            case .firmware, .nobody: writers += 0
            case .optionROM: writers += 1
            case .writerROM: writers += 2
            case .qemu: writers += 3
            case .guest: writers += 4
            }
            if berth.slot != nil { bars += berth.reserved.rawValue }
        }
        return [
            obstacles > 0 ? 1 : 0, isUnreleased ? 1 : 0, UInt64(obstacles),
            UInt64(judgements.filter(\.isLoss).count), UInt64(writers),
            UInt64(judgements.filter(\.isCost).count), bars, UInt64(evaluation.topology.devices.count),
        ]
    }

    /// Catalogue, bus (the root bus first), slot, register, size; as texts of equal length.
    private static func tie(_ berth: RegionBerth, _ rank: Int, _ request: Request) -> [String] {
        func padded(_ number: UInt64) -> String {
            let text = "\(number)"
            return String(repeating: "0", count: 20 - text.count) + text
        }
        var register = 0
        if case .bar(_, let index, _) = berth.backing { register = index.position }
        var address: UInt64 = 0
        if case .hostMemory(let start) = berth.backing { address = start.rawValue }
        if case .range(let start?) = berth.backing { address = start.rawValue }
        let bus = berth.slot.map { $0.bus == request.topology.rootBus ? "" : "/\($0.bus)" } ?? "/"
        return [
            padded(UInt64(rank)), bus, padded(UInt64(berth.slot?.devfn ?? 0)), padded(UInt64(register)),
            padded(berth.reserved.rawValue), padded(address),
        ]
    }
}

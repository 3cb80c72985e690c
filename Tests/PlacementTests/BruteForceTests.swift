import BerthDiagnostics
import BerthPCI
import BerthPlacement
import BerthTopology
import TestSupport
import Testing

/// The planner against a brute-force one on small universes, in which candidates and verdicts are drawn.
struct BruteForceTests {
    @Test func `five thousand small universes have the order that brute force gives them`() throws {
        for seed in UInt64(1)...5000 {
            let universe = SmallUniverse(seed: seed)
            let expected = universe.bruteForce()
            let result = try universe.planner.plan(try #require(Request(universe.guest)))
            let found = result.evaluations.map { $0.berths.map(\.strategy.rawValue) }
            #expect(found == expected.map(\.names), "seed \(seed)")
            let best = expected.first.flatMap { $0.key[0] == 0 ? $0.names : nil }
            #expect(result.plan?.berths.map(\.strategy.rawValue) == best, "seed \(seed)")
            let second = expected.dropFirst().first.flatMap { $0.key[0] == 0 ? $0.names : nil }
            #expect(result.runnerUp?.berths.map(\.strategy.rawValue) == (best == nil ? nil : second), "seed \(seed)")
        }
    }
}

/// A few candidates for each region and a table of verdicts for every pair.
private struct SmallUniverse {
    struct Drawn {
        var name: String
        var writers: UInt64
        var isUnreleased: Bool
        var bytes: UInt64
        var addsDevice: Bool
        var slot: UInt8
    }

    /// By region.
    var candidates: [[Drawn]] = []
    /// Rejections and costs of each region, by pair: of a rule that watches the boot.
    var verdicts: [String: [Int]] = [:]
    /// Rejections and costs of a berth beside what its partner changes: of a rule that need not.
    var quickVerdicts: [String: [Int]] = [:]
    let guest = Guests.classic()

    init(seed: UInt64) {
        var random = Seeded(seed &* 7919)
        _ = random.next()
        for region in 0..<2 {
            candidates.append(
                (0..<Int.random(in: 1...5, using: &random)).map { number in
                    Drawn(
                        name: "\(region == 0 ? "s" : "o")\(number)", writers: UInt64.random(in: 0...3, using: &random),
                        isUnreleased: .random(using: &random),
                        bytes: [0, 4096, 65536][Int.random(in: 0...2, using: &random)],
                        addsDevice: Int.random(in: 0..<4, using: &random) == 0,
                        slot: UInt8(8 + number + region * 8))
                })
        }
        let isHard = Int.random(in: 0..<4, using: &random) == 0
        for stolen in candidates[0] {
            for opRegion in candidates[1] {
                verdicts[stolen.name + opRegion.name] = (0..<4).map { index in
                    index % 2 == 0 && !isHard && Int.random(in: 0..<2, using: &random) == 0
                        ? 0 : Int.random(in: 0...2, using: &random)
                }
                for (own, other) in [(stolen, opRegion), (opRegion, stolen)] {
                    quickVerdicts[Self.quickKey(own.name, beside: other.addsDevice ? other.name : "")] = [
                        Int.random(in: 0..<4, using: &random) == 0 ? 1 : 0, Int.random(in: 0...1, using: &random),
                    ]
                }
            }
        }
    }

    /// Whoever adds no device changes nothing.
    private static func quickKey(_ own: String, beside device: String) -> String { "\(own) beside \(device)" }

    /// Every pair, its numbers in the order of docs/strategies.md, sorted.
    func bruteForce() -> [(key: [UInt64], names: [String])] {
        var all: [(key: [UInt64], names: [String])] = []
        for (first, a) in candidates[0].enumerated() {
            for (second, b) in candidates[1].enumerated() {
                let numbers = (verdicts[a.name + b.name] ?? []).map { UInt64($0) }
                let quick = [(a, b), (b, a)].flatMap { own, other in
                    quickVerdicts[Self.quickKey(own.name, beside: other.addsDevice ? other.name : "")] ?? []
                }.map { UInt64($0) }
                let rejections = numbers[0] + numbers[2] + quick[0] + quick[2]
                let key: [UInt64] = [
                    rejections == 0 ? 0 : 1, a.isUnreleased || b.isUnreleased ? 1 : 0, rejections,
                    a.writers + b.writers,
                    numbers[1] + numbers[3] + quick[1] + quick[3], a.bytes + b.bytes,
                    (a.addsDevice ? 1 : 0) + (b.addsDevice ? 1 : 0),
                    UInt64(first), UInt64(second),
                ]
                all.append((key, [a.name, b.name]))
            }
        }
        return all.sorted { $0.key.lexicographicallyPrecedes($1.key) }
    }

    var planner: Planner {
        let strategies = candidates.enumerated().flatMap { region, drawn in
            drawn.map { DrawnStrategy(region: Region.allCases[region], drawn: $0) as any Strategy }
        }
        return Planner(
            strategies: strategies, rules: [DrawnVerdicts(verdicts: verdicts), QuickVerdicts(verdicts: quickVerdicts)])
    }

    private struct DrawnStrategy: Strategy {
        var region: Region
        var drawn: Drawn
        var id: StrategyID { StrategyID(rawValue: drawn.name) }
        let summary = "drawn"
        let documentation = "For tests."
        let origin = Origin("tests")
        let sources = ["none"]

        func proposals(for region: Region, in request: Request) -> [Proposal] {
            guard region == self.region else { return [] }
            let slot = request.topology.rootSlot(drawn.slot)
            let all: [RegionBerth.RegisterWriter] = [.firmware, .optionROM, .writerROM, .qemu]
            let berth = RegionBerth(
                region, strategy: id, needed: 1, reserved: ByteCount(drawn.bytes),
                backing: drawn.bytes > 0 ? .bar(slot, .bar(0), carrier: .bogusDevice) : .reservedRAM,
                Combination(.firmware, .guestRAM, all[Int(drawn.writers)], .none), register: nil,
                missing: drawn.isUnreleased ? [MissingPiece(.qemu, "for tests")] : [])
            let devices = drawn.addsDevice ? [Device(id: drawn.name, model: "edu", at: slot)] : []
            return [Proposal(berth, TopologyEdit(devices: devices))]
        }
    }

    private struct QuickVerdicts: Rule {
        let id: RuleID = "quick"
        let summary = "quick"
        let documentation = "For tests."
        let sources = ["none"]
        var verdicts: [String: [Int]]

        func judge(_ berth: RegionBerth, in evaluation: Evaluation) -> [Judgement] {
            let added = evaluation.topology.devices.map(\.id).filter {
                verdicts.keys.contains("\(berth.strategy) beside \($0)")
            }
            let numbers = verdicts[quickKey("\(berth.strategy)", beside: added.first ?? "")] ?? []
            return Array(repeating: .rejects(Fact(id, "no"), .impossible), count: numbers.first ?? 0)
                + Array(repeating: .costs(Fact(id, "dear")), count: numbers.last ?? 0)
        }
    }

    private struct DrawnVerdicts: Rule {
        let id: RuleID = "drawn"
        let watchesBoot = true
        let summary = "drawn"
        let documentation = "For tests."
        let sources = ["none"]
        var verdicts: [String: [Int]]

        func judge(_ berth: RegionBerth, in evaluation: Evaluation) -> [Judgement] {
            let numbers = verdicts[evaluation.berths.map(\.strategy.rawValue).joined()] ?? []
            let first = berth.region == .stolenMemory ? 0 : 2
            return Array(repeating: .rejects(Fact(id, "no"), .impossible), count: numbers[first])
                + Array(repeating: .costs(Fact(id, "dear")), count: numbers[first + 1])
        }
    }
}

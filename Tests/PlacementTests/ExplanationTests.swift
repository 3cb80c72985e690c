import BerthBundled
import BerthDiagnostics
import BerthPCI
import BerthPlacement
import BerthServices
import BerthTopology
import Testing

/// Why there is no plan, as a tree.
struct ExplanationTests {
    private static let few = Strategies.all.filter {
        ["firmware-reserved", "ram-controller", "lpc-bridge", "bogus-dummy"].contains($0.id)
    }

    private func premise(_ premise: Explanation.Premise) -> String {
        switch premise {
        case .needs(let region, let size): "\(region.name) \(size)"
        case .rejects(let berths, let fact): "\(berths.map(\.strategy.rawValue)): \(fact.rule)"
        case .rejectsBeside(let berths, let fact): "beside \(berths.map(\.strategy.rawValue)): \(fact.rule)"
        case .conflict(let berths, let finding): "beside \(berths.map(\.strategy.rawValue)): \(finding.rule)"
        }
    }

    @Test func `three facts leave no plan for two GiB of stolen memory`() throws {
        let guest = try #require(try BundledTopologies.topology(named: "q35-nothing-fits"))
        let result = try Services.plan(guest, planner: Planner(strategies: Self.few), room: .none)
        guard case .infeasible(let explanation) = result.outcome,
            case .derived(.noPlan, let causes) = explanation, case .derived(let conclusion, _)? = causes.first
        else {
            Issue.record("\(result.outcome)")
            return
        }
        #expect(causes.count == 1 && conclusion == .noBerth(.stolenMemory))
        #expect(
            explanation.premises.map(premise) == [
                "stolen memory 2 GiB", "[\"firmware-reserved\"]: fits-the-hole",
                "[\"ram-controller\", \"ram-controller\", \"bogus-dummy\"]: register-is-written",
                "[\"lpc-bridge\"]: fits-the-hole",
            ])
    }

    @Test func `a guest has an explanation exactly if it has no plan, and it is about every berth once`() throws {
        var explained = 0
        for seed in UInt64(1)...40 {
            let guest = RandomIGDGuest(seed: seed, devices: 0...2).topology
            let result = try Services.plan(guest, planner: Planner(strategies: Self.few), room: .none)
            guard case .infeasible(let explanation) = result.outcome else {
                #expect(result.plan != nil, "seed \(seed)")
                continue
            }
            #expect(result.plan == nil, "seed \(seed)")
            guard case .derived(.noPlan, let causes) = explanation, causes.count == 1,
                case .derived(.noBerth(let region), _) = causes[0]
            else { continue }
            explained += 1
            let named = explanation.premises.flatMap { premise -> [RegionBerth] in
                if case .rejects(let berths, let fact) = premise {
                    // The fact is one that rejects the berth.
                    for berth in berths {
                        let rules = result.evaluations.filter { $0.berth(of: region) == berth }
                            .flatMap { $0.rejections(of: region).map(\.rule) }
                        #expect(rules.contains(fact.rule), "seed \(seed)")
                    }
                    return berths
                }
                return []
            }
            #expect(named.count == Set(named).count, "seed \(seed)")
            #expect(Set(named) == Set(result.options(for: region).map(\.berth)), "seed \(seed)")
        }
        #expect(explained > 5)
    }
}

import BerthBundled
import BerthPlacement
import BerthReport
import BerthServices
import BerthTopology
import TestSupport
import Testing

/// The order of a registry is no semantics: whatever it is, the same is said.
struct RegistryOrderTests {
    private func guests(_ seeds: ClosedRange<UInt64>) throws -> [GuestTopology] {
        try BundledTopologies.names.compactMap { try BundledTopologies.topology(named: $0) }
            + seeds.map { RandomIGDGuest(seed: $0, devices: 0...3).topology }
    }

    @Test func `rules in any order give the same plan and say the same of every berth`() throws {
        for (number, guest) in try guests(1...60).enumerated() {
            var dice = Seeded(UInt64(number) &+ 1)
            let request = try #require(Request(guest))
            // The whole catalogue for some, a few strategies for most.
            let strategies = number % 8 == 0 ? Strategies.all : FewStrategies.planner(seed: UInt64(number)).strategies
            let usual = try Services.plan(guest, planner: Planner(strategies: strategies), room: .none)
            for _ in 0..<2 {
                let rules = Rules.all.shuffled(using: &dice)
                let shuffled = try Planner(strategies: strategies, rules: rules).plan(request)
                #expect(shuffled.outcome == usual.outcome, "\(guest.name)")
                for region in Region.allCases {
                    #expect(shuffled.options(for: region) == usual.options(for: region), "\(guest.name)")
                }
            }
        }
    }

    @Test func `rules and problems in any order give the same verdicts`() throws {
        for (number, guest) in try guests(100...130).enumerated() {
            var dice = Seeded(UInt64(number) &+ 7)
            let request = try #require(Request(guest))
            let usual = Comparison(request)
            let shuffled = Comparison(
                request, rules: Rules.all.shuffled(using: &dice), problems: Problems.all.shuffled(using: &dice))
            #expect(shuffled == usual, "\(guest.name)")
            let configured = Verdict.of(
                guest, rules: RuleSet(Rules.all.shuffled(using: &dice)),
                problems: ProblemSet(Problems.all.shuffled(using: &dice)))
            #expect(configured == Verdict.of(guest), "\(guest.name)")
        }
    }

    /// The catalogue's order breaks ties between plans, and nothing else.
    @Test func `strategies in any order have the same verdicts, and the same plan where no tie is broken`() throws {
        var plans = 0
        for (number, guest) in try guests(200...230).enumerated() {
            var dice = Seeded(UInt64(number) &+ 13)
            let request = try #require(Request(guest))
            let strategies = Strategies.all.shuffled(using: &dice)
            let rows = { (comparison: Comparison) in
                Dictionary(
                    uniqueKeysWithValues: comparison.rows.map { ("\($0.region) \($0.strategy)", $0.cells) })
            }
            #expect(rows(Comparison(request, strategies: strategies)) == rows(Comparison(request)), "\(guest.name)")
            let usual = try Services.plan(guest, room: .none)
            if case .tie? = usual.preference { continue }
            let shuffled = try Planner(strategies: strategies).plan(request)
            #expect(shuffled.plan == usual.plan, "\(guest.name)")
            if usual.plan != nil { plans += 1 }
        }
        #expect(plans > 10)
    }

    @Test func `reports are the same whatever the order`() throws {
        for name in ["pc-seabios-gen9", "pc-windows-gen9", "q35-nothing-fits"] {
            let guest = try #require(try BundledTopologies.topology(named: name))
            var dice = Seeded(99)
            let request = try #require(Request(guest))
            let shuffled = try Planner(rules: Rules.all.shuffled(using: &dice)).plan(request)
            let plan = { PlanText.render(PlanReport($0, detail: .all)) }
            #expect(plan(shuffled) == plan(try Services.plan(guest, room: .none)), "\(name)")
            let comparison = Comparison(
                request, rules: Rules.all.shuffled(using: &dice), problems: Problems.all.shuffled(using: &dice))
            let table = { CompareText.render(ComparisonReport($0, detail: .all)) }
            #expect(table(comparison) == table(Comparison(request)), "\(name)")
        }
    }
}

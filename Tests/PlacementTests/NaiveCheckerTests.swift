import Berth
import BerthBundled
import BerthDiagnostics
import BerthPCI
import BerthPlacement
import BerthTopology
import Testing

/// Every accepted plan of bundled and drawn guests, checked by somebody who knows nothing of the planner.
struct NaiveCheckerTests {
    private func check(_ guest: GuestTopology) throws -> Int {
        let accepted = Planner().plan(try #require(Request(guest))).evaluations.filter(\.isAccepted)
        for plan in accepted {
            let problems = NaiveChecker.problems(of: plan)
            #expect(problems == [], "\(guest.name): \(plan.berths.map(\.strategy))")
        }
        return accepted.count
    }

    @Test(arguments: BundledTopologies.names)
    func `every plan of a bundled guest holds`(name: String) throws {
        _ = try check(try #require(try BundledTopologies.topology(named: name)))
    }

    @Test func `every plan of a drawn guest holds`() throws {
        var plans = 0
        for seed in UInt64(1000)...1006 { plans += try check(RandomIGDGuest(seed: seed).topology) }
        #expect(plans > 60, "the guests must be ones for which something works")
    }

    @Test func `a plan that does not hold is found`() throws {
        // A BAR over another one, outside of every aperture, in RAM: judged by no rule, found all the same.
        let planner = Planner(strategies: Strategies.all, rules: [])
        for name in ["q35-nothing-fits", "ovmf-32bit-reach"] {
            let guest = try #require(try BundledTopologies.topology(named: name))
            let request = try #require(Request(guest))
            let bad = planner.plan(request).evaluations.filter { !NaiveChecker.problems(of: $0).isEmpty }
            #expect(!bad.isEmpty)
        }
    }
}

import BerthStack
import BerthBoot
import BerthBundled
import BerthPlacement
import BerthReport
import BerthTopology

/// Figures for people: `make benchmarks`, on a quiet machine. Arguments choose sections: guest, compare, carriers,
/// validation, scaling.
@main
struct Benchmarks {
    static func main() throws {
        let wanted = CommandLine.arguments.dropFirst()
        if wanted.first == "profile" { return try Profile.run(Array(wanted.dropFirst())) }
        let isWanted = { (section: String) in wanted.isEmpty || wanted.contains(section) }
        if isWanted("guest") { try guests() }
        if isWanted("compare") { try Comparisons.table() }
        if isWanted("carriers") { Carriers.table() }
        if isWanted("validation") { try Validation.table() }
        if isWanted("scaling") { for kind in FirmwareKind.allCases { Scaling.table(kind) } }
    }

    private static func text(_ result: Planning, _ detail: PlanReport.Detail) -> Int {
        PlanText.render(PlanReport(result, detail: detail)).utf8.count
    }

    private static func guests() throws {
        print("one guest, in process (median of 501)")
        for name in ["pc-seabios-gen9", "q35-busy", "q35-ovmf-gen9"] {
            guard let topology = try BundledTopologies.topology(named: name), let request = Request(topology) else {
                continue
            }
            let tree = topology.resolve().tree
            let model = FirmwareModels.model(for: topology.firmware)
            let resolve = Clock.median(501) { topology.resolve().tree.functions.count }
            let boot = Clock.median(501) { model.boot(topology, tree).functions.count }
            let screen = Clock.median(101) { (try? Planner().plan(request)).map { text($0, .brief) } ?? 0 }
            let all = Clock.median(21) { (try? Planner().plan(request)).map { text($0, .all) } ?? 0 }
            let then = Planner(strategies: Strategies.all.filter { !$0.id.rawValue.hasPrefix("vfio-user-") })
            print(
                "  \(name), \(tree.functions.count) functions: tree \(resolve), firmware \(boot), "
                    + "\(try figures(Planner(), request)), as a screen \(screen), with smallest changes as text \(all)")
            print("    without carriers on vfio-user, as on 21 November 2026: \(try figures(then, request))")
        }
    }
}

extension Benchmarks {
    private static func figures(_ planner: Planner, _ request: Request) throws -> String {
        let best = Clock.median(101) { (try? planner.plan(request))?.plan == nil ? 0 : 1 }
        let plan = Clock.median(21) {
            guard let result = try? planner.plan(request) else { return 0 }
            return Region.allCases.reduce(0) { $0 + result.options(for: $1).count }
        }
        let pairs = Clock.median(21) { (try? planner.plan(request))?.evaluations.count ?? 0 }
        return "best plan \(best), with all options \(plan), all pairs \(pairs) of "
            + "\(try planner.plan(request).evaluations.count)"
    }
}

/// Times of repeated work.
enum Clock {
    static func median(_ count: Int, _ work: () -> Int) -> Microseconds {
        var times: [Double] = []
        for _ in 0..<count {
            let start = ContinuousClock.now
            sink &+= work()
            times.append((ContinuousClock.now - start) / .microseconds(1))
        }
        return Microseconds(value: times.sorted()[count / 2])
    }

    /// Keeps the optimiser from dropping the work.
    nonisolated(unsafe) static var sink = 0
}

struct Microseconds: CustomStringConvertible {
    var value: Double
    var description: String {
        value < 10_000 ? "\(Int(value * 10) / 10).\(Int(value * 10) % 10) µs" : "\(Int(value / 1000)) ms"
    }
}

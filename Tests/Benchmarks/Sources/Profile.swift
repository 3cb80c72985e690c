import BerthBoot
import BerthBundled
import BerthPlacement
import BerthReport
import BerthStack
import BerthTopology

/// One piece of work again and again for some seconds, for a profiler: `perf record benchmarks profile firmware q35-busy`.
enum Profile {
    static func run(_ arguments: [String]) throws {
        let segment = arguments.last.flatMap(FirmwareKind.init(rawValue:)).map { Scaling.segment(bars: 195_843, $0) }
        guard arguments.count == 2, let topology = try segment ?? BundledTopologies.topology(named: arguments[1]) else {
            print("profile tree|firmware|compare|best|plan|text GUEST|seabios|ovmf, the last two for a whole segment")
            return
        }
        let tree = topology.resolve().tree
        let model = FirmwareModels.model(for: topology.firmware)
        let end = ContinuousClock.now + .seconds(5)
        while ContinuousClock.now < end {
            for _ in 0..<(arguments[0] == "firmware" || arguments[0] == "tree" ? segment == nil ? 200 : 1 : 2) {
                switch arguments[0] {
                case "tree": Clock.sink &+= topology.resolve().tree.functions.count
                case "compare": Clock.sink &+= Request(topology).map { Comparison($0).rows.count } ?? 0
                case "best":
                    guard let request = Request(topology) else { return }
                    for _ in 0..<50 { Clock.sink &+= try Planner().plan(request).plan == nil ? 0 : 1 }
                case "plan": Clock.sink &+= try Request(topology).map { try Planner().plan($0).evaluations.count } ?? 0
                case "text":
                    guard let request = Request(topology) else { return }
                    Clock.sink &+= PlanText.render(PlanReport(try Planner().plan(request), detail: .all)).utf8.count
                default: Clock.sink &+= model.boot(topology, tree).functions.count
                }
            }
        }
    }
}

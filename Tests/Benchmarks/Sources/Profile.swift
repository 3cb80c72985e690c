import BerthBoot
import BerthBundled
import BerthStack
import BerthTopology

/// One piece of work again and again for some seconds, for a profiler: `perf record benchmarks profile firmware q35-busy`.
enum Profile {
    static func run(_ arguments: [String]) throws {
        let segment = arguments.last.flatMap(FirmwareKind.init(rawValue:)).map { Scaling.segment(bars: 195_843, $0) }
        guard arguments.count == 2, let topology = try segment ?? BundledTopologies.topology(named: arguments[1]) else {
            print("profile tree|firmware GUEST|seabios|ovmf, the last two for a whole segment")
            return
        }
        let tree = topology.resolve().tree
        let model = FirmwareModels.model(for: topology.firmware)
        let end = ContinuousClock.now + .seconds(5)
        while ContinuousClock.now < end {
            for _ in 0..<(segment == nil ? 200 : 1) {
                switch arguments[0] {
                case "tree": Clock.sink &+= topology.resolve().tree.functions.count
                default: Clock.sink &+= model.boot(topology, tree).functions.count
                }
            }
        }
    }
}

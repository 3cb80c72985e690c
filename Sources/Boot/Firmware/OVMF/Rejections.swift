import BerthPCI
import BerthTopology

/// Who was turned away because space ran out.
struct Rejections {
    /// Functions, which lose all their BARs.
    private(set) var devices: Set<Int> = []
    /// Bridges, which lose their padding.
    private(set) var paddings: Set<Int> = []

    /// Turns away the largest consumer of each type that lacks space, and says who that was.
    ///
    /// Source: `PciHostBridgeAdjustAllocation`, `RejectPciDevice` in PciBusDxe/PciEnumerator.c
    /// @ edk2-stable202211.
    mutating func add(
        for types: [ResourceType], _ requests: [[ResourceType: ResourceNode]], _ contents: [WindowContents]
    ) -> [Consumer.Victim] {
        var victims: [Consumer.Victim] = []
        for type in types {
            let pool = requests.map { $0[type] ?? ResourceNode(.rootBridge, type) }.inListOrder()
            var largest: Consumer?
            let consumers = pool.map { $0.contents.flatMap { contents[Int($0)].largestConsumer } }
            for case let consumer? in consumers where consumer.length >= largest?.length ?? 0 {
                largest = consumer
            }
            guard let victim = largest?.victim else { continue }
            switch victim {
            case .device(let function): if devices.insert(function).inserted { victims.append(victim) }
            case .padding(let bridge): if paddings.insert(bridge).inserted { victims.append(victim) }
            }
        }
        return victims
    }
}

/// A request that may be turned away.
///
/// Source: `GetMaxResourceConsumerDevice`, `GetLargerConsumerDevice`, `IsRejectiveDevice` in
/// PciBusDxe/PciEnumerator.c @ edk2-stable202211.
struct Consumer {
    enum Victim {
        case device(Int)
        case padding(bridge: Int)
    }
    var victim: Victim
    var length: UInt64

    /// Of equals the last one in list order. Nobody on bus 0 can be turned away, no VGA, no bridge.
    static func largest(
        among nodes: [ResourceNode], _ contents: [WindowContents], _ tree: PCITree
    ) -> Consumer? {
        var largest: Consumer?
        for position in nodes.indices {
            let length = nodes[position].length
            switch nodes[position].owner {
            case .bar(let index, _), .virtualFunctions(let index, _):
                guard length >= largest?.length ?? 0, tree.functions[index].bridge == nil,
                    tree.functions[index].bus != 0, !tree.functions[index].classCode.isVGA
                else { continue }
                largest = Consumer(victim: .device(index), length: length)
            case .padding(let bridge):
                if length >= largest?.length ?? 0 {
                    largest = Consumer(victim: .padding(bridge: bridge), length: length)
                }
            case .window, .rootBridge:
                guard let consumer = nodes[position].contents.flatMap({ contents[Int($0)].largestConsumer }),
                    consumer.length >= largest?.length ?? 0
                else { continue }
                largest = consumer
            case .optionROM: continue
            }
        }
        return largest
    }
}

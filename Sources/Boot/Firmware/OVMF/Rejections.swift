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
    mutating func add(for types: [ResourceType], _ requests: [[ResourceType: ResourceNode]]) -> [Consumer.Victim] {
        var victims: [Consumer.Victim] = []
        for type in types {
            let pool = requests.map { $0[type] ?? ResourceNode(.rootBridge, type) }.inListOrder()
            guard let victim = Consumer.largest(pool.lazy.map(\.largestConsumer))?.victim else { continue }
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

    /// Nil if nobody can be turned away: nobody on bus 0, no VGA, no bridge.
    init?(_ node: ResourceNode, _ tree: PCITree) {
        switch node.owner {
        case .bar(let index, _):
            let function = tree.functions[index]
            guard function.bridge == nil, function.bus != 0, !function.classCode.isVGA else { return nil }
            self.init(victim: .device(index), length: node.length)
        case .padding(let bridge): self.init(victim: .padding(bridge: bridge), length: node.length)
        case .window, .rootBridge:
            guard let consumer = node.largestConsumer else { return nil }
            self = consumer
        case .optionROM: return nil
        }
    }

    private init(victim: Victim, length: UInt64) {
        self.victim = victim
        self.length = length
    }

    /// Of equals the last one in list order.
    static func largest(_ consumers: some Sequence<Consumer?>) -> Consumer? {
        consumers.reduce(nil) { largest, consumer in
            guard let consumer else { return largest }
            return consumer.length >= largest?.length ?? 0 ? consumer : largest
        }
    }
}

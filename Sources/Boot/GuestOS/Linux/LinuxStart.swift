import BerthPCI
import BerthStack
import BerthTopology
import Synchronization

/// What a Linux makes of the registers that the firmware left, before any driver: buses, resources and their places.
///
/// Kernels with the same rules differ in how often decode goes off meanwhile, not in what comes out.
struct LinuxStart: Sendable {
    let numbers: LinuxBusNumbers
    /// What Linux finds.
    let tree: PCITree
    let reachable: [Int]
    let graphicsReservation: GuestRange?
    let rootWindows: [RootWindows]
    let limits: LinuxAssignment.Limits
    let bus: LinuxBus
    /// In the order in which they are written.
    let updates: [LinuxAssignment.Update]
    /// By index of the function.
    let isReachable: [Bool]
    /// Once the built-in drivers are there, without a timeline.
    let outcome: GuestOutcome

    init(_ handOver: HandOver, _ rules: LinuxResourceRules) {
        let (topology, firmware) = (handOver.topology, handOver.firmware)
        numbers = LinuxBusNumbers(handOver.tree, firmware)
        tree = numbers.seen(of: handOver.tree)
        reachable = tree.reachable
        graphicsReservation = GraphicsReservation.range(topology, handOver.tree, firmware)
        limits = LinuxAssignment.Limits(
            minimumMemory: topology.ramLayout.below4GiB.rawValue,
            reserved: firmware.memoryMap.map(\.range) + [graphicsReservation].compactMap { $0 })
        var isReachable = [Bool](repeating: false, count: tree.functions.count)
        for index in reachable { isReachable[index] = true }
        self.isReachable = isReachable
        var outcome = GuestOutcome(firmware, [])
        rootWindows = handOver.rootWindows.map { $0.addressable(by: topology.processor) }
        outcome.rootWindows = rootWindows
        outcome.graphicsReservation = graphicsReservation
        let bus = LinuxBus(
            tree, firmware, rootWindows, romsHaveAddresses: topology.firmwareKind.traits.leavesROMAddresses,
            rules: rules)
        guard firmware.halted == nil else {
            self.bus = bus
            updates = []
            self.outcome = outcome
            return
        }
        var claiming = LinuxClaiming(bus, decodes: { handOver.decodes[$0]?.isOn ?? false })
        claiming.run()
        (self.bus, updates) = LinuxAssignment.run(
            atBoot: claiming.bus, firmwareAddresses: claiming.firmwareAddresses, limits)
        var decodes = handOver.decodes
        let model = LinuxDecode(tree: tree, sizesInBatch: false)
        for update in updates { decodes[update.function]?.modify { model.write(&$0, update, .assignment) } }
        let builtIn = LinuxBuiltIn(tree: tree, bus: self.bus)
        for index in reachable { decodes[index]?.modify { _ = builtIn.enable(&$0, .drivers) } }
        LinuxReport(tree: tree, reachable: reachable, numbers: numbers, bus: self.bus).write(decodes, to: &outcome)
        self.outcome = outcome
    }

    /// One for all that share a hand-over and rules, made when first asked for.
    final class Kept: Sendable {
        private let known = Mutex<[LinuxResourceRules: LinuxStart]>([:])

        func start(_ handOver: HandOver, _ rules: LinuxResourceRules) -> LinuxStart {
            known.withLock { known in
                if let made = known[rules] { return made }
                let made = LinuxStart(handOver, rules)
                known[rules] = made
                return made
            }
        }
    }
}

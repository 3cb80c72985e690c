import BerthPCI
import BerthStack
import BerthTopology
import Synchronization

/// What every Linux makes of the registers that the firmware left, before any driver: buses, resources and their places.
///
/// Versions differ in how often decode goes off meanwhile, not in what comes out.
struct LinuxStart: Sendable {
    let numbers: LinuxBusNumbers
    /// What Linux finds.
    let tree: PCITree
    let reachable: [Int]
    let graphicsReservation: GuestRange?
    let limits: LinuxAssignment.Limits
    let bus: LinuxBus
    /// In the order in which they are written.
    let updates: [LinuxAssignment.Update]
    /// By index of the function.
    let isReachable: [Bool]
    /// Once the built-in drivers are there, without a timeline.
    let outcome: GuestOutcome

    init(_ handOver: HandOver) {
        let (topology, firmware) = (handOver.topology, handOver.firmware)
        numbers = LinuxBusNumbers(handOver.tree, firmware)
        tree = handOver.tree.without(numbers.unknown)
        reachable = tree.reachable
        graphicsReservation = GraphicsReservation.range(topology, handOver.tree, firmware)
        limits = LinuxAssignment.Limits(
            minimumMemory: topology.ramLayout.below4GiB.rawValue,
            reserved: firmware.memoryMap.map(\.range) + [graphicsReservation].compactMap { $0 })
        var isReachable = [Bool](repeating: false, count: tree.functions.count)
        for index in reachable { isReachable[index] = true }
        self.isReachable = isReachable
        var outcome = GuestOutcome(firmware, [])
        outcome.rootWindows = handOver.rootWindows
        outcome.graphicsReservation = graphicsReservation
        let bus = LinuxBus(
            tree, firmware, handOver.rootWindows, romsHaveAddresses: topology.firmware.kind == .seabios)
        guard firmware.halted == nil else {
            self.bus = bus
            updates = []
            self.outcome = outcome
            return
        }
        var claiming = LinuxClaiming(bus, decodes: { handOver.decodes[$0]?.isOn ?? false })
        claiming.run()
        (self.bus, updates) = LinuxAssignment.run(
            claiming.bus, firmwareAddresses: claiming.firmwareAddresses, limits)
        var decodes = handOver.decodes
        let model = LinuxDecode(tree: tree, sizesInBatch: false)
        for update in updates { decodes[update.function]?.modify { model.write(&$0, update, .assignment) } }
        let builtIn = LinuxBuiltIn(tree: tree, bus: self.bus)
        for index in reachable { decodes[index]?.modify { _ = builtIn.enable(&$0, .drivers) } }
        LinuxReport(tree: tree, reachable: reachable, numbers: numbers, bus: self.bus).write(decodes, to: &outcome)
        self.outcome = outcome
    }

    /// One for all that share a hand-over, made when first asked for.
    final class Kept: Sendable {
        private let known = Mutex<LinuxStart?>(nil)

        func start(_ handOver: HandOver) -> LinuxStart {
            known.withLock { known in
                if let known { return known }
                let made = LinuxStart(handOver)
                known = made
                return made
            }
        }
    }
}

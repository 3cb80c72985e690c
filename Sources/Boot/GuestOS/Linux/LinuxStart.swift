import BerthPCI
import BerthTopology

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

    init(_ handOver: HandOver) {
        let (topology, firmware) = (handOver.topology, handOver.firmware)
        numbers = LinuxBusNumbers(handOver.tree, firmware)
        tree = handOver.tree.without(numbers.unknown)
        reachable = tree.reachable
        graphicsReservation = GraphicsReservation.range(topology, handOver.tree, firmware)
        limits = LinuxAssignment.Limits(
            minimumMemory: topology.ramLayout.below4GiB.rawValue,
            reserved: firmware.memoryMap.map(\.range) + [graphicsReservation].compactMap { $0 })
        let bus = LinuxBus(
            tree, firmware, handOver.rootWindows, romsHaveAddresses: topology.firmware.kind == .seabios)
        guard firmware.halted == nil else {
            self.bus = bus
            updates = []
            return
        }
        var claiming = LinuxClaiming(bus, decodes: { handOver.decodes[$0]?.isOn ?? false })
        claiming.run()
        (self.bus, updates) = LinuxAssignment.run(
            claiming.bus, firmwareAddresses: claiming.firmwareAddresses, limits)
    }
}

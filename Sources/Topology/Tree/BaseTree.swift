package import BerthDiagnostics

/// A guest to which many others only add devices at the end and BARs: each then costs what it adds.
package struct BaseTree: Sendable {
    private let topology: GuestTopology
    /// Nil where something is wrong with the guest already, or a device waits for another: then all is done again, in
    /// its order.
    private let builder: TreeBuilder?
    private let createsLPCBridge: Bool

    package init(_ topology: GuestTopology) {
        self.topology = topology
        createsLPCBridge = Self.createsLPCBridge(topology)
        var builder = TreeBuilder(topology)
        builder.start()
        // An IGD behind a port comes after all devices.
        let isLast = topology.igd.map { $0.slot.bus != topology.rootBus } ?? false
        self.builder = builder.findings.isEmpty && builder.isInOrder && !isLast ? builder : nil
    }

    /// The same as `topology.resolve()`.
    ///
    /// What a tree does not look at (RAM, firmware, OS) may differ, and so may properties of the IGD. Where a device of this guest
    /// has changed, as one does that a BAR or an option ROM joined, nothing is shared.
    package func resolve(_ topology: GuestTopology) -> (tree: PCITree, findings: [Finding]) {
        guard var builder, Self.createsLPCBridge(topology) == createsLPCBridge,
            topology.devices.starts(with: self.topology.devices)
        else { return topology.resolve() }
        builder.extend(to: topology)
        builder.finish()
        return (builder.tree, builder.findings)
    }

    private static func createsLPCBridge(_ topology: GuestTopology) -> Bool {
        IGDInQEMU(topology)?.createsLPCBridge == true
    }
}

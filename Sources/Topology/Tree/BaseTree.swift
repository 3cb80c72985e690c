package import BerthDiagnostics

/// A guest to which many others only add devices at the end and BARs: each then costs what it adds.
package struct BaseTree: Sendable {
    private let topology: GuestTopology
    /// Nil where something is wrong with the guest already, or a device waits for another: then all is done again, in
    /// its order.
    private let builder: TreeBuilder?
    private let createsLPCBridge: Bool
    /// The devices of this guest that a server outside QEMU serves: a BAR that the server adds joins them in place.
    private let servedIndices: [Int]

    package init(_ topology: GuestTopology) {
        self.topology = topology
        createsLPCBridge = Self.createsLPCBridge(topology)
        servedIndices = topology.devices.indices.filter { topology.devices[$0].userSocket != nil }
        var builder = TreeBuilder(topology)
        builder.start()
        // An IGD behind a port comes after all devices.
        let isLast = topology.igd.map { $0.slot.bus != topology.rootBus } ?? false
        self.builder = builder.findings.isEmpty && builder.isInOrder && !isLast ? builder : nil
    }

    /// The same as `topology.resolve()`.
    ///
    /// `topology` has the devices of this guest first, perhaps with more BARs of a server or with another option ROM; what a tree does not look at (RAM, firmware, OS) may differ, and
    /// so may properties of the IGD.
    package func resolve(_ topology: GuestTopology) -> (tree: PCITree, findings: [Finding]) {
        guard var builder, Self.createsLPCBridge(topology) == createsLPCBridge,
            servedIndices.allSatisfy({ topology.devices[$0] == self.topology.devices[$0] }),
            hasWriters(of: topology)
        else { return topology.resolve() }
        assert(topology.devices.starts(with: self.topology.devices))
        builder.extend(to: topology)
        builder.finish()
        return (builder.tree, builder.findings)
    }

    /// If the option ROM that writes registers sits where it sat.
    private func hasWriters(of topology: GuestTopology) -> Bool {
        self.topology.devices.indices.allSatisfy { index in
            let hadNone = self.topology.devices[index].tasks.isEmpty
            guard hadNone == topology.devices[index].tasks.isEmpty else { return false }
            return hadNone || self.topology.devices[index] == topology.devices[index]
        }
    }

    private static func createsLPCBridge(_ topology: GuestTopology) -> Bool {
        IGDInQEMU(topology)?.createsLPCBridge == true
    }
}

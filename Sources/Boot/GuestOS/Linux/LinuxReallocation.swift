import BerthPCI
import BerthTopology

/// Where the firmware left BARs of virtual functions without an address, Linux may take its windows back while it boots.
///
/// What is nice to have then has to be there in all tries but the last. After a try in which something found no place, the
/// windows that it would have been in are taken back, first those with no bridge behind them, then with all that is in them.
///
/// Source: drivers/pci/setup-bus.c@Linux 6.1 to 7.2 `pci_assign_unassigned_root_bus_resources`, `pci_realloc_detect`,
/// `iov_resources_unassigned`, `pci_bus_get_depth`; CONFIG_PCI_REALLOC_ENABLE_AUTO, which Debian has. `pci=realloc` is not modelled.
extension LinuxAssignment {
    /// One root bus is finished before the next is looked at.
    static func run(
        atBoot bus: LinuxBus, firmwareAddresses: [Int: UInt64], _ limits: Limits
    ) -> (bus: LinuxBus, updates: [Update]) {
        var bus = bus
        var updates: [Update] = []
        for root in bus.tree.roots {
            let tries = bus.lacksVirtualFunctions(on: root) ? 1 + bus.depth(below: root) : 1
            for number in 1...tries {
                var sizing = LinuxWindowSizing(bus, everythingIsRequired: number < tries)
                sizing.run(root: root)
                var assignment = LinuxAssignment(sizing, firmwareAddresses: firmwareAddresses, limits)
                assignment.run(root: root)
                bus = assignment.bus
                updates += assignment.updates
                guard number < tries, !assignment.failures.isEmpty else { break }
                bus.takeBack(assignment.failures, leavesOnly: number == 1)
            }
        }
        return (bus, updates)
    }
}

extension LinuxBus {
    /// Takes back the windows in which something found no place, and gives it another chance.
    ///
    /// Source: drivers/pci/setup-bus.c `pci_prepare_next_assign_round`.
    mutating func takeBack(
        _ failures: [(resource: Int, before: ResourceArena.Resource)], leavesOnly: Bool
    ) {
        for (resource, before) in failures {
            guard let owner = owner(of: resource) else { continue }
            releaseWindows(on: tree.functions[owner.function].bus, for: before, leavesOnly: leavesOnly)
        }
        for (resource, before) in failures {
            arena[resource] = before
            if isWindow(resource) { arena[resource].isPresent = false }
        }
    }

    /// From 6.18 on only windows inside the one that is taken back are, which are those that lose their place in any case.
    ///
    /// Source: drivers/pci/setup-bus.c `pci_bus_release_bridge_resources`, `pci_bridge_release_resources`.
    private mutating func releaseWindows(
        on number: Int, for failed: ResourceArena.Resource, leavesOnly: Bool
    ) {
        let bridges = tree.visible(on: number).filter { tree.functions[$0].bridge != nil }
        if leavesOnly, !bridges.isEmpty { return }
        for index in bridges where isPCIBridge(index) {
            guard let bridge = tree.functions[index].bridge else { continue }
            releaseWindows(on: bridge.secondaryBus, for: failed, leavesOnly: false)
        }
        guard case .bridge(let bridge) = tree.buses[number].parent, isPCIBridge(bridge),
            let window = window(of: bridge, for: failed), arena[window].parent != nil
        else { return }
        arena.releaseChildren(of: window)
        arena.release(window)
        arena[window].moveToZero()
    }

    private func isPCIBridge(_ index: Int) -> Bool { tree.functions[index].classCode.baseAndSub == 0x0604 }

    /// The window that what failed would have been in: of 32 bits it is never in a window of 64. From 6.18 on
    /// `pbus_select_window_for_type` says the same.
    private func window(of bridge: Int, for failed: ResourceArena.Resource) -> Int? {
        if failed.isIO { return resource(of: bridge, Self.ioWindow) }
        guard failed.isPrefetchable, let prefetchable = resource(of: bridge, Self.prefetchableWindow),
            failed.is64Bit || !arena[prefetchable].is64Bit
        else { return resource(of: bridge, Self.memoryWindow) }
        return prefetchable
    }

    /// Whether room for virtual functions has no address.
    fileprivate func lacksVirtualFunctions(on number: Int) -> Bool {
        tree.visible(on: number).contains { index in
            resources(of: index).contains {
                $0.slot >= Self.virtualFunctions && arena[$0.resource].isPresent && arena[$0.resource].start == 0
            } || tree.functions[index].bridge.map { lacksVirtualFunctions(on: $0.secondaryBus) } ?? false
        }
    }

    /// Of buses behind a bus, one behind the other.
    fileprivate func depth(below number: Int) -> Int {
        tree.visible(on: number).compactMap { tree.functions[$0].bridge }
            .map { 1 + depth(below: $0.secondaryBus) }.max() ?? 0
    }
}

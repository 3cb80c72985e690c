import BerthPCI
import BerthStack
import BerthTopology

/// What Linux does with a function that is plugged in while it runs.
///
/// Source: drivers/pci/hotplug/pciehp_pci.c@Linux 6.1 `pciehp_configure_device`; drivers/pci/hotplug/acpiphp_glue.c
/// `enable_slot`; drivers/pci/setup-bus.c `pci_assign_unassigned_bridge_resources`,
/// `pci_bus_release_bridge_resources`, `pci_bridge_release_resources`. From 6.18 on only windows inside the one that is taken
/// back are (`pci_prepare_next_assign_round`), which are those that lose their place in any case.
extension LinuxSession {
    mutating func plug(_ index: Int) {
        guard isAbsent(index) else { return }
        insert(index)
        guard numbers.isFound[index] else { return }
        let number = tree.functions[index].bus
        change(index) { model, decode in model.enumerate(&decode, .runtime) }
        if isNative, case .bridge(let port) = tree.buses[number].parent {
            rebalance(below: port)
        } else {
            // ACPI hands out what the windows have, and never opens them further.
            var assignment = assignment(LinuxWindowSizing(bus))
            assignment.run(root: number)
            finish(assignment, .runtime)
        }
        enableBuiltIn(.runtime)
        if hasModules { loadDrivers() }
    }

    /// Whether ports report what is plugged in themselves.
    private var isNative: Bool {
        topology.machine.type == .q35 && !topology.machineVersion.plugsByACPI
    }

    /// Where something does not fit, the windows of its kind are taken back, with all that is in them, and
    /// everything gets a new place, once.
    private mutating func rebalance(below port: Int) {
        guard let number = tree.functions[port].bridge?.secondaryBus else { return }
        for isFirst in [true, false] {
            var sizing = LinuxWindowSizing(bus)
            sizing.run(root: number)
            var assignment = assignment(sizing)
            assignment.run(below: port)
            finish(assignment, .runtime)
            guard isFirst, !assignment.failures.isEmpty else { return }
            for (resource, before) in assignment.failures {
                guard let owner = bus.owner(of: resource) else { continue }
                releaseWindows(on: tree.functions[owner.function].bus, for: before)
            }
            for (resource, before) in assignment.failures {
                bus.arena[resource] = before
                if bus.isWindow(resource) { bus.arena[resource].isPresent = false }
            }
        }
    }

    private mutating func releaseWindows(on number: Int, for failed: ResourceArena.Resource) {
        for index in tree.visible(on: number) {
            guard let bridge = tree.functions[index].bridge, isBridge(index) else { continue }
            releaseWindows(on: bridge.secondaryBus, for: failed)
        }
        guard case .bridge(let bridge) = tree.buses[number].parent, isBridge(bridge),
            let window = window(of: bridge, for: failed), bus.arena[window].parent != nil
        else { return }
        bus.arena.releaseChildren(of: window)
        bus.arena.release(window)
        bus.arena[window].moveToZero()
    }

    private func isBridge(_ index: Int) -> Bool { tree.functions[index].classCode.baseAndSub == 0x0604 }

    /// The window that what failed would have been in: of 32 bits it is never in a window of 64. From 6.18 on
    /// `pbus_select_window_for_type` says the same.
    private func window(of bridge: Int, for failed: ResourceArena.Resource) -> Int? {
        if failed.isIO { return bus.resource(of: bridge, LinuxBus.ioWindow) }
        guard failed.isPrefetchable, let prefetchable = bus.resource(of: bridge, LinuxBus.prefetchableWindow),
            failed.is64Bit || !bus.arena[prefetchable].is64Bit
        else { return bus.resource(of: bridge, LinuxBus.memoryWindow) }
        return prefetchable
    }
}

import BerthPCI
import BerthStack
import BerthTopology

/// What Linux does with a function that is plugged in while it runs.
///
/// Source: drivers/pci/hotplug/pciehp_pci.c@Linux 6.1 `pciehp_configure_device`; drivers/pci/hotplug/acpiphp_glue.c
/// `enable_slot`; drivers/pci/setup-bus.c `pci_assign_unassigned_bridge_resources`.
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
            bus.takeBack(assignment.failures, leavesOnly: false)
        }
    }
}

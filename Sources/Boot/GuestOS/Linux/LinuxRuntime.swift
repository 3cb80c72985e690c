import BerthPCI
import BerthStack
import BerthTopology

/// What happens after the boot.
extension LinuxSession {
    mutating func perform(_ action: GuestAction) {
        switch action {
        case .loadDrivers: loadDrivers()
        // Only bus mastering goes: drivers/pci/pci.c@Linux 6.1 `do_pci_disable_device`.
        case .unbindDriver: break
        case .remove(let index): remove(index)
        case .rescan: rescan()
        case .plug(let index): plug(index)
        case .reboot: reboot()
        case .runtimeSuspend: suspend(whileRunning: true)
        case .reset(let index): reset(index)
        case .suspendToIdle: suspend(whileRunning: false)
        case .suspendToRAM:
            for index in reachable {
                change(index) { _, decode in
                    decode.interrupt(
                        .runtime,
                        DecodeCause(
                            "QEMU resets the devices on wake-up, Linux restores them",
                            source:
                                "drivers/pci/pci.c@Linux 6.1 pci_restore_state; hw/pci/pci.c@QEMU 7.2 pci_do_device_reset"
                        ))
                }
            }
        }
    }

    /// A function that decodes already stays as it is; one that was left off is enabled.
    mutating func loadDrivers() {
        hasModules = true
        for index in reachable where !removed.contains(index) {
            guard let driver = LinuxDrivers.drivers(for: tree.functions[index]).first else { continue }
            enabled.insert(index)
            let resources = bus.resources(of: index).filter { $0.slot < LinuxBus.rom }.map { bus.arena[$0.resource] }
            guard resources.allSatisfy({ !$0.isPresent || $0.isAssigned }) else { continue }
            change(index) { _, decode in
                let memory = decode.decodesMemory || resources.contains { !$0.isIO }
                let io = decode.decodesIO || resources.contains { $0.isIO }
                decode.set(
                    memory: memory, io: io, .runtime,
                    DecodeCause("\(driver) binds", source: "drivers/pci/setup-res.c@Linux 6.1 pci_enable_resources"))
            }
        }
    }

    /// The registers keep what they hold, and decode stays as it is.
    ///
    /// Source: drivers/pci/remove.c@Linux 6.1 `pci_stop_and_remove_bus_device`, `pci_destroy_dev`.
    private mutating func remove(_ index: Int) {
        if let bridge = tree.functions[index].bridge {
            for child in tree.visible(on: bridge.secondaryBus) { remove(child) }
        }
        for (_, resource) in bus.resources(of: index) { bus.arena.release(resource) }
        removed.insert(index)
        enabled.remove(index)
    }

    /// What comes back is sized again and placed anew: nobody claims what the registers hold.
    ///
    /// Source: drivers/pci/probe.c@Linux 6.1 `pci_rescan_bus`; drivers/pci/setup-bus.c
    /// `pci_assign_unassigned_bus_resources`. Claiming is the boot's alone (`pcibios_resource_survey`).
    private mutating func rescan() {
        for index in removed.sorted() { change(index) { model, decode in model.enumerate(&decode, .runtime) } }
        removed = []
        assign(.runtime)
        enableBuiltIn(.runtime)
    }

    /// A function that no driver ever enabled is brought to D0 first, and its BARs are written again, memory
    /// off around each 64-bit one. Then all decode is off for the reset, and back at the same address.
    ///
    /// Source: drivers/pci/pci.c@Linux 6.1 `pci_dev_save_and_disable`, `pci_power_up`, `pci_restore_bars`,
    /// `pci_dev_restore`.
    private mutating func reset(_ index: Int) {
        guard canBeReset(index) else { return }
        let function = tree.functions[index]
        let wasKnown = enabled.contains(index)
        change(index) { _, decode in
            if function.hasCapability(.powerManagement), !wasKnown {
                for bar in function.bars where bar.kind.is64Bit {
                    let on = decode.decodesMemory
                    let cause = DecodeCause(
                        "Linux writes \(bar.index) again on the way to D0",
                        source: "drivers/pci/pci.c@Linux 6.1 pci_restore_bars")
                    decode.set(memory: false, .runtime, cause)
                    decode.set(memory: on, .runtime, cause)
                }
            }
            decode.interrupt(
                .runtime,
                DecodeCause("Linux resets the function", source: "drivers/pci/pci.c@Linux 6.1 pci_dev_save_and_disable")
            )
        }
    }

    /// By itself (FLR or power management), or with the bus behind a bridge on which it is alone.
    private func canBeReset(_ index: Int) -> Bool {
        let function = tree.functions[index]
        if function.hasCapability(.powerManagement) { return true }
        let isAlone = tree.visible(on: function.bus).count == 1 && function.bridge == nil
        return isAlone && !tree.buses[function.bus].isRoot
    }

    /// Nothing on QEMU before 10.0. From 10.0 on a function in D3 has no BARs, and drivers put theirs there when
    /// the system sleeps. While it runs, few drivers do, and a function without a driver stays in D0.
    ///
    /// Source: drivers/pci/pci-driver.c@Linux 6.1 `pci_pm_suspend_noirq`, `pci_pm_runtime_suspend`,
    /// `pci_pm_runtime_idle`; hw/pci/pci.c@QEMU 10.0 `pci_update_mappings`.
    private mutating func suspend(whileRunning: Bool) {
        guard topology.qemu.unmapsBARsInD3 else { return }
        for index in enabled.sorted() where tree.functions[index].hasCapability(.powerManagement) {
            guard !whileRunning || sleepsWhileRunning(index) else { continue }
            change(index) { _, decode in
                decode.interrupt(
                    .runtime,
                    DecodeCause(
                        "the driver's function is in D3", source: "hw/pci/pci.c@QEMU 10.0 pci_update_mappings"))
            }
        }
    }

    /// The IGD alone. Drivers of QEMU's models keep their functions awake, QEMU's ports have no power management, and
    /// a function without a driver stays in D0 (recorded runs runtime-pm-*).
    ///
    /// Source: drivers/gpu/drm/i915/intel_runtime_pm.c@Linux 6.1 `intel_runtime_pm_enable`.
    private func sleepsWhileRunning(_ index: Int) -> Bool {
        tree.functions[index].vendor == 0x8086 && tree.functions[index].classCode.isDisplay
    }
}

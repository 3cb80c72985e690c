import BerthDiagnostics
import BerthPCI
import BerthStack

/// Guests that QEMU refuses though every device alone is right.
extension TreeBuilder {
    /// Why this function cannot be on its bus; nil if it can.
    ///
    /// Source: `do_pci_register_device` in hw/pci/pci.c, `shpc_device_plug_cb` in hw/pci/shpc.c @ QEMU 7.2.
    func busProblem(_ function: PCIFunction) -> (rule: RuleID, message: String)? {
        switch tree.buses[function.bus].parent {
        case .root:
            guard function.bus != 0, function.header != .bridge else { return nil }
            return ("expander-endpoint", "only bridges can be on an expander's root bus")
        case .bridge(let parent):
            guard function.devfn >> 3 == 0, tree.functions[parent].bridge?.hasSHPC == true, !isACPIHotPlug(function.bus)
            else { return nil }
            return ("shpc-slot", "its hot-plug controller has no slot 0; valid are 1 to 1f")
        }
    }

    /// Whether ACPI handles hot-plug on a bus, which then asks no controller: from bus 0 downwards, not
    /// behind a port with `hotplug=off` nor an expander, nor behind any bridge of a q35 of before 6.1.
    ///
    /// Source: `acpi_pcihp_device_plug_cb` in hw/acpi/pcihp.c @ QEMU 7.2.
    private func isACPIHotPlug(_ bus: Int) -> Bool {
        guard case .bridge(let parent) = tree.buses[bus].parent else { return bus == 0 }
        if topology.machine.type == .q35, !topology.machineVersion.plugsByACPI { return false }
        let bridge = tree.functions[parent].bridge
        return bridge?.hasSlot == true && bridge?.allowsHotPlug == false
            ? false : isACPIHotPlug(tree.functions[parent].bus)
    }

    /// What there can be only once, or only first.
    ///
    /// Source: `virtio_balloon_device_realize` in hw/virtio/virtio-balloon.c, `qxl_realize_primary` in
    /// hw/display/qxl.c, `savevm_state_handler_insert` in migration/savevm.c @ 10.0 (recorded), `pci_rocker_realize` in hw/net/rocker/rocker.c,
    /// `fw_cfg_add_file_callback` in hw/nvram/fw_cfg.c @ QEMU 7.2.
    mutating func checkLimits() {
        var balloon: String?
        var display: String?
        var standard: String?
        var files: [String: String] = [:]
        var switches: [String: String] = [:]
        // Devices of one model often stand together.
        var last: (model: String, isDisplay: Bool)?
        for function in tree.functions {
            guard case .device(let index) = function.origin else { continue }
            let device = topology.devices[index]
            // The model's own class: a placement may have given the function another one.
            let isDisplay =
                last?.model == device.model
                ? last?.isDisplay == true : DeviceCatalogue.model(named: device.model)?.classCode.isDisplay == true
            last = (device.model, isDisplay)
            if device.model.hasPrefix("virtio-balloon") {
                if let balloon {
                    report(
                        "'\(device.id)' is a second balloon beside '\(balloon)'; QEMU supports one", "single-balloon",
                        device)
                }
                balloon = balloon ?? device.id
            }
            if device.model.hasPrefix("virtio-mem-") || device.model.hasPrefix("virtio-pmem-"),
                !topology.plugsMemory
            {
                report(
                    "'\(device.id)': memory devices (e.g. for memory hotplug) are not enabled, please specify the maxmem option",
                    "memory-size", device)
            }
            if isDisplay {
                if device.model == "qxl-vga", let display {
                    report(
                        "'\(device.id)' has to be the first display device, but '\(display)' comes before it",
                        "first-display", device)
                }
                display = display ?? device.id
                if device.model == "vmware-svga", let standard, topology.qemu.refusesDuplicateState {
                    report(
                        "'\(device.id)' cannot be made behind the VGA '\(standard)': QEMU \(topology.qemu) ends with "
                            + "\"Detected duplicate SaveStateEntry: id=vga\"; name it first", "duplicate-display",
                        device)
                }
                if device.model == "VGA" { standard = device.id }
            }
            if device.model == "rocker" {
                let name = device["name"]?.description ?? "rocker"
                if let other = switches.updateValue(device.id, forKey: name) {
                    report(
                        "'\(device.id)' and '\(other)' are both switches of the name '\(name)'; set another 'name='",
                        "duplicate-switch", device)
                }
            }
            guard let file = OptionROM.firmwareFile(of: device) else { continue }
            if let other = files.updateValue(device.id, forKey: file) {
                report(
                    "'\(device.id)' without a ROM BAR hands over \(file), and so does '\(other)'", "duplicate-rom",
                    device)
            }
        }
    }
}

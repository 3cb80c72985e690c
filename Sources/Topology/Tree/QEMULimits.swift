import BerthDiagnostics
import BerthPCI

/// Guests that QEMU refuses though every device alone is right.
extension TreeBuilder {
    /// Why this function cannot be on its bus; nil if it can.
    ///
    /// Source: `do_pci_register_device` in hw/pci/pci.c @ QEMU 7.2.
    func busProblem(_ function: PCIFunction) -> (rule: RuleID, message: String)? {
        let isExpander = function.bus != 0 && tree.buses[function.bus].isRoot
        return isExpander && function.header != .bridge
            ? ("expander-endpoint", "only bridges can be on an expander's root bus") : nil
    }

    /// What there can be only once, or only first.
    ///
    /// Source: `virtio_balloon_device_realize` in hw/virtio/virtio-balloon.c, `qxl_realize_primary` in
    /// hw/display/qxl.c, `pci_rocker_realize` in hw/net/rocker/rocker.c,
    /// `fw_cfg_add_file_callback` in hw/nvram/fw_cfg.c @ QEMU 7.2.
    mutating func checkLimits() {
        var balloon: String?
        var display: String?
        var files: [String: String] = [:]
        var switches: [String: String] = [:]
        for function in tree.functions {
            guard case .device(let index) = function.origin else { continue }
            let device = topology.devices[index]
            if device.model.hasPrefix("virtio-balloon") {
                if let balloon {
                    report(
                        "'\(device.id)' is a second balloon beside '\(balloon)'; QEMU supports one", "single-balloon",
                        device)
                }
                balloon = balloon ?? device.id
            }
            // The model's own class: a placement may have given the function another one.
            if DeviceCatalogue.model(named: device.model)?.classCode.isDisplay == true {
                if device.model == "qxl-vga", let display {
                    report(
                        "'\(device.id)' has to be the first display device, but '\(display)' comes before it",
                        "first-display", device)
                }
                display = display ?? device.id
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

import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

struct PCIDeviceOption: DomainCheck {
    let rule = DomainRule(
        "pci-option", "an ACPI index and a ROM are for PCI devices",
        sources: ["libvirt 9.0.0 src/qemu/qemu_validate.c qemuValidateDomainDeviceInfo"],
        """
        Firmware and guest find both in PCI configuration space or in the slot's ACPI object; a device with an address of
        another kind has neither.
        """)

    func check(_ domain: CheckedDomain) -> [Finding] {
        domain.devices.flatMap { device -> [Finding] in
            let type = address(device)
            var found: [Finding] = []
            if let acpi = device.first("acpi"), acpi["index"] != nil, let type, type != "pci" {
                found.append(
                    finding(
                        "ACPI index is only supported for PCI devices", at: acpi, in: domain, fix: "remove <acpi>"))
            }
            if ["interface", "hostdev"].contains(device.name), let rom = device.first("rom"),
                ["bar", "file", "enabled"].contains(where: { rom[$0] != nil }), let type,
                !["pci", "unassigned"].contains(type)
            {
                found.append(
                    finding(
                        "ROM tuning is only supported for PCI devices", at: rom, in: domain, fix: "remove <rom>"))
            }
            return found
        }
    }

    /// As written, or as libvirt fills it in; nil for PCI and for no address.
    private func address(_ device: XMLElement) -> String? {
        if let type = device.first("address")?["type"] { return type }
        let target = device.first("target")?["type"] ?? ""
        switch device.name {
        case "disk":
            let bus = CheckedDisk(device).bus
            return ["ide", "sata", "scsi", "fdc"].contains(bus) ? "drive" : bus == "usb" ? "usb" : nil
        case "hostdev": return ["scsi": "drive", "usb": "usb"][device["type"] ?? ""]
        case "input":
            let bus = device["bus"] ?? (device["type"] == "tablet" ? "usb" : "ps2")
            return bus == "usb" ? "usb" : nil
        case "hub", "redirdev": return "usb"
        case "sound": return device["model"] == "usb" ? "usb" : nil
        case "serial": return target == "usb-serial" ? "usb" : nil
        case "controller": return device["type"] == "ccid" ? "usb" : nil
        case "channel": return target == "virtio" ? "virtio-serial" : nil
        case "smartcard": return "ccid"
        case "memory": return ["dimm", "nvdimm"].contains(device["model"] ?? "") ? "dimm" : nil
        default: return nil
        }
    }
}

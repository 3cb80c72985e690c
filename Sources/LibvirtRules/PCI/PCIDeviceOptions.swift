import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

/// What only PCI devices have.
enum PCIDeviceOptions: RuleTable {
    static let all = [acpiIndex, rom, romPath]

    private static let validate = ["libvirt 9.0.0 src/qemu/qemu_validate.c qemuValidateDomainDeviceInfo"]

    private static let acpiIndex = RuleRow.domain(
        "acpi-index", "an ACPI index is a PCI device's", sources: validate,
        "Guests find it in the ACPI object of the slot, and name network cards by it."
    ) { domain, report in
        for device in domain.devices {
            guard let acpi = device.first("acpi"), acpi["index"] != nil, let type = address(device), type != "pci"
            else {
                continue
            }
            report.surplus("ACPI index is only supported for PCI devices", acpi)
        }
    }

    private static let rom = RuleRow.domain(
        "rom-device", "an option ROM is a PCI device's", sources: validate, "It is a BAR."
    ) { domain, report in
        for device in domain.devices where ["interface", "hostdev"].contains(device.name) {
            guard let rom = device.first("rom"), ["bar", "file", "enabled"].contains(where: { rom[$0] != nil }),
                let type = address(device), !["pci", "unassigned"].contains(type)
            else { continue }
            report.surplus("ROM tuning is only supported for PCI devices", rom)
        }
    }

    private static let romPath = RuleRow.domain(
        "rom-path", "a ROM file has an absolute path", remedy: "write the path from '/'",
        sources: ["libvirt 9.0.0 src/conf/schemas/domaincommon.rng rom"],
        "Libvirt passes the path on as it is, and QEMU's working folder is not the user's. The schema wants an absolute path."
    ) { domain, report in
        for device in domain.devices where ["hostdev", "interface"].contains(device.name) {
            guard let rom = device.first("rom"), let path = rom["file"], !path.hasPrefix("/"), !path.isEmpty else {
                continue
            }
            report.warn("'\(path)' is not an absolute path; QEMU looks for it elsewhere", at: rom, "file")
        }
    }

    /// The kind of address, as written or as libvirt fills it in; nil for PCI and for none.
    private static func address(_ device: XMLElement) -> String? {
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

import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

struct VirtioAddressType: DomainCheck {
    let rule = DomainRule(
        "virtio-address", "a virtio device is on PCI",
        sources: ["libvirt 9.0.0 src/qemu/qemu_command.c qemuBuildVirtioDevGetConfig"],
        """
        Libvirt defines a virtio device with an address of another bus, and then finds no QEMU device for it.
        """)

    func check(_ domain: CheckedDomain) -> [Finding] {
        domain.devices.compactMap { device in
            guard let name = Self.name(of: device), let address = device.first("address"),
                let type = address["type"], !["pci", "virtio-mmio", "ccw", "unassigned"].contains(type)
            else { return nil }
            return finding(
                "Unexpected address type for '\(name)'", at: address, "type", in: domain,
                fix: "remove <address>, libvirt then chooses one")
        }
    }

    /// The stem of QEMU's device; nil for a device that is not virtio.
    private static func name(of device: XMLElement) -> String? {
        let model = device["model"] ?? ""
        switch device.name {
        case "rng": return "virtio-rng"
        case "memballoon": return model == "none" ? nil : "virtio-balloon"
        case "vsock": return "vhost-vsock"
        case "video" where device.first("model")?["type"] == "virtio": return "virtio-vga"
        case "filesystem" where device.first("driver")?["type"] == "mtp": return nil
        case "filesystem": return device.first("driver")?["type"] == "virtiofs" ? "vhost-user-fs" : "virtio-9p"
        case "input" where device["bus"] == "virtio" || device["type"] == "passthrough" && device["bus"] == nil:
            return device["type"] == "passthrough" ? "virtio-input-host" : "virtio-\(device["type"] ?? "")"
        case "controller" where device["type"] == "scsi" && model.hasPrefix("virtio"): return "virtio-scsi"
        case "controller" where device["type"] == "virtio-serial": return "virtio-serial"
        case "hostdev" where device["type"] == "scsi_host": return "vhost-scsi"
        default: return nil
        }
    }
}

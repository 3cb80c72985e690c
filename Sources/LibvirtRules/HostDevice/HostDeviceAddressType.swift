import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

struct HostDeviceAddressType: DomainCheck {
    let rule = DomainRule(
        "hostdev-address-type", "a host device has an address of its kind",
        sources: [
            "libvirt 9.0.0 src/conf/domain_validate.c virDomainHostdevDefValidate",
            "libvirt 9.0.0 src/conf/domain_postparse.c virDomainHostdevDefPostParse",
        ],
        """
        Where the guest sees a PCI host device is a PCI address, or 'unassigned' to keep it away from the guest. SCSI
        devices have a drive address, USB devices a USB address, vhost-scsi a PCI address, vfio-pci mediated devices a
        PCI address.
        """)

    func check(_ domain: CheckedDomain) -> [Finding] {
        domain.devices("hostdev").compactMap { device in
            guard device["mode"] ?? "subsystem" == "subsystem", let address = device.first("address"),
                let found = address["type"], let kind = device["type"],
                let message = Self.complaint(kind, device, found)
            else { return nil }
            return finding(message, at: address, "type", in: domain, fix: "remove <address>, libvirt then chooses one")
        }
    }

    private static func complaint(_ kind: String, _ device: XMLElement, _ found: String) -> String? {
        switch kind {
        case "pci" where !["pci", "unassigned"].contains(found):
            return "PCI host devices must use 'pci' or 'unassigned' address type"
        case "scsi" where found != "drive": return "SCSI host device must use 'drive' address type"
        case "scsi_host" where !["pci", "ccw"].contains(found):
            return "SCSI_host host device must use 'pci' or 'ccw' address type"
        case "usb" where found != "usb": return "USB host device must use 'usb' address type"
        case "mdev" where device["model"] == "vfio-pci" && found != "pci" && found != "unassigned":
            return "Unsupported address type '\(found)' with mediated device model 'vfio-pci'"
        case "mdev" where device["model"] == "vfio-ccw" && found != "ccw":
            return "Unsupported address type '\(found)' with mediated device model 'vfio-ccw'"
        default: return nil
        }
    }
}

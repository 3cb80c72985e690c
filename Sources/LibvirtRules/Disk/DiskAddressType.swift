import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

struct DiskAddressType: DomainCheck {
    let rule = DomainRule(
        "disk-address-type", "a disk has an address of its bus",
        sources: [
            "libvirt 9.0.0 src/conf/domain_validate.c virDomainDiskDefValidate",
            "libvirt 9.0.0 src/qemu/qemu_domain_address.c qemuDomainAssignUSBAddresses",
        ],
        """
        ide, sata, scsi and fdc disks have a drive address; usb disks a USB address; virtio disks a PCI address.
        """)

    func check(_ domain: CheckedDomain) -> [Finding] {
        domain.devices("disk").compactMap { disk in
            guard let target = disk.first("target"), let bus = target["bus"], let address = disk.first("address"),
                let type = address["type"]
            else { return nil }
            let name = target["dev"] ?? ""
            switch bus {
            case "ide", "fdc", "scsi", "sata":
                guard type != "drive" else { return nil }
                return finding(
                    "Invalid address type '\(type)' for the disk '\(name)' with the bus type '\(bus)'", at: address,
                    "type",
                    in: domain, fix: "remove <address>, libvirt then chooses one")
            case "usb":
                guard type != "usb" else { return nil }
                return finding(
                    "unexpected address type for usb disk", at: address, "type", in: domain,
                    fix: "remove <address>, libvirt then chooses one")
            default: return nil
            }
        }
    }
}

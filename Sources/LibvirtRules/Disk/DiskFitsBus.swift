import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

struct DiskFitsBus: DomainCheck {
    let rule = DomainRule(
        "disk-bus", "a disk is of a kind its bus has",
        sources: [
            "libvirt 9.0.0 src/conf/domain_validate.c virDomainDiskDefValidate",
            "libvirt 9.0.0 src/qemu/qemu_validate.c qemuValidateDomainDeviceDefDiskFrontend",
            "libvirt 9.0.0 src/qemu/qemu_command.c qemuBuildDiskDeviceProps",
        ],
        """
        Floppies are on fdc, and nothing else is. CD-ROM drives are not on virtio or sd, LUNs only on virtio and scsi;
        read-only hard disks not on ide or sata. The name begins with hd, sd, vd, xvd or ubd, that of a floppy with fd.
        """)

    func check(_ domain: CheckedDomain) -> [Finding] {
        domain.disks.flatMap { disk in
            guard let target = disk.target else { return [Finding]() }
            return [kind(disk), name(disk)].compactMap(\.self).map { message, attribute, fix in
                finding(message, at: target, attribute, in: domain, fix: fix)
            }
        }
    }

    private typealias Complaint = (String, String, String)

    private func kind(_ disk: CheckedDisk) -> Complaint? {
        let bus = disk.bus
        if disk.device == "floppy", bus != "fdc" {
            return ("Invalid bus type '\(bus)' for floppy disk", "bus", "write bus='fdc'")
        }
        if disk.device != "floppy", bus == "fdc" {
            return ("Invalid bus type 'fdc' for disk", "bus", "write another bus, or device='floppy'")
        }
        if disk.device == "cdrom", ["virtio", "sd"].contains(bus) {
            return ("disk type of '\(disk.name)' does not support ejectable media", "bus", "write bus='sata'")
        }
        if disk.isLun, !["virtio", "scsi"].contains(bus) {
            return ("disk device='lun' is not supported for bus='\(bus)'", "bus", "write bus='scsi'")
        }
        if disk.device == "disk", disk.element.first("readonly") != nil, ["ide", "sata"].contains(bus) {
            return ("readonly \(bus) disks are not supported", "bus", "remove <readonly/>")
        }
        if ["xen", "uml"].contains(bus) {
            return ("unsupported disk bus '\(bus)' with device setup", "bus", "write bus='virtio'")
        }
        return nil
    }

    private func name(_ disk: CheckedDisk) -> Complaint? {
        guard !disk.name.isEmpty else { return nil }
        if ["disk", "lun"].contains(disk.device),
            !["hd", "sd", "vd", "xvd", "ubd"].contains(where: disk.name.hasPrefix)
        {
            return ("Invalid harddisk device name: \(disk.name)", "dev", "write a name such as vda")
        }
        if disk.device == "floppy", !disk.name.hasPrefix("fd") {
            return ("Invalid floppy device name: \(disk.name)", "dev", "write a name such as fda")
        }
        return DiskName.index(disk.name) < 0 && disk.element.first("address") != nil
            ? ("invalid disk target '\(disk.name)'", "dev", "write a name such as vda") : nil
    }
}

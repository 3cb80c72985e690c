import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

struct TransientDisk: DomainCheck {
    let rule = DomainRule(
        "disk-transient", "a transient disk is a hard disk in a file that can be written",
        sources: ["libvirt 9.0.0 src/qemu/qemu_validate.c qemuValidateDomainDeviceDefDiskTransient"],
        """
        What a guest writes to a transient disk goes to an overlay that is thrown away.
        """)

    func check(_ domain: CheckedDomain) -> [Finding] {
        domain.disks.compactMap { disk in
            guard let transient = disk.element.first("transient"), let message = complaint(disk, transient) else {
                return nil
            }
            return finding(message, at: transient, in: domain, fix: "remove <transient>")
        }
    }

    private func complaint(_ disk: CheckedDisk, _ transient: XMLElement) -> String? {
        if disk.isEmpty { return "transient disk '\(disk.name)' must not be empty" }
        if disk.isReadOnly { return "transient disk '\(disk.name)' must not be read-only" }
        if disk.type != "file" { return "transient disk supported only with 'file' type (\(disk.name))" }
        if disk.device != "disk" { return "transient disk supported only with 'disk' device (\(disk.name))" }
        if transient["shareBacking"] == "yes", !["usb", "virtio", "scsi"].contains(disk.bus) {
            return "disk bus '\(disk.bus)' doesn't support transiend disk backing image sharing"
        }
        return nil
    }
}

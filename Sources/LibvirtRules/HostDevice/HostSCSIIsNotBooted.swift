import BerthLibvirtDomain
import BerthDiagnostics
import BerthXML

/// Only host devices that firmware can boot have a boot order.
struct HostSCSIIsNotBooted: DomainRule {
    let id: RuleID = "hostdev-boot"
    let summary = "only host devices that firmware can boot have a boot order"
    let documentation = """
        vhost-scsi devices do not show up in firmware's boot order.
        """
    let sources = ["libvirt 9.0.0 src/qemu/qemu_validate.c qemuValidateDomainDeviceDefHostdev"]

    func check(_ domain: CheckedDomain) -> [Finding] {
        domain.devices("hostdev").compactMap { device in
            guard device["type"] == "scsi_host", let boot = device.first("boot") else { return nil }
            return finding(
                "booting from assigned devices is not supported by vhost SCSI devices", at: boot, in: domain,
                fix: "remove <boot>")
        }
    }
}

import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

struct HostSCSIIsNotBooted: DomainCheck {
    let rule = DomainRule(
        "hostdev-boot", "only host devices that firmware can boot have a boot order",
        sources: ["libvirt 9.0.0 src/qemu/qemu_validate.c qemuValidateDomainDeviceDefHostdev"],
        """
        vhost-scsi devices do not show up in firmware's boot order.
        """)

    func check(_ domain: CheckedDomain) -> [Finding] {
        domain.devices("hostdev").compactMap { device in
            guard device["type"] == "scsi_host", let boot = device.first("boot") else { return nil }
            return finding(
                "booting from assigned devices is not supported by vhost SCSI devices", at: boot, in: domain,
                fix: "remove <boot>")
        }
    }
}

import BerthDiagnostics
import BerthLibvirtDomain
import BerthStack
import BerthXML

/// What a host device can do for the guest.
enum HostDeviceOptions: RuleTable {
    static let all = [team, boot, mediatedBoot, mediatedModel, display, bootDisplay]

    private static let validate = ["libvirt 9.0.0 src/conf/domain_validate.c virDomainHostdevDefValidate"]
    private static let mediated = ["libvirt 9.0.0 src/qemu/qemu_validate.c qemuValidateDomainMdevDef"]

    private static let team = RuleRow.devices(
        "hostdev", "hostdev-team", "a host device in a team is a PCI device that leaves it", remedy: "remove <teaming>",
        sources: validate, "<teaming type='transient' persistent=> names the virtio card that stays."
    ) { device, _, report in
        guard device["mode"] != "capabilities", let team = device.first("teaming"), let source = device.first("source")
        else { return }
        if team["type"] != "transient" {
            report.refuse("teaming hostdev devices must have type='transient'", at: source)
        } else if team["persistent"] == nil {
            report.refuse("missing required persistent attribute in hostdev teaming element", at: source)
        } else if device["type"] != "pci" {
            report.refuse("teaming is only supported for pci hostdev devices", at: source)
        }
    }

    private static let boot = RuleRow.devices(
        "hostdev", "hostdev-boot", "only host devices that firmware can boot have a boot order",
        sources: ["libvirt 9.0.0 src/qemu/qemu_validate.c qemuValidateDomainDeviceDefHostdev"],
        "vhost-scsi devices do not show up in firmware's boot order."
    ) { device, _, report in
        guard device["type"] == "scsi_host" else { return }
        report.surplus(
            "booting from assigned devices is not supported by vhost SCSI devices", device.first("boot"))
    }

    private static let mediatedBoot = RuleRow.devices(
        "hostdev", "hostdev-mdev-boot", "a mediated device has no boot order", sources: mediated,
        "QEMU does not tell firmware of one."
    ) { device, _, report in
        guard device["type"] == "mdev", device["model"] == "vfio-pci" else { return }
        report.surplus(
            "booting from assigned devices is not supported by mediated devices of model vfio-pci",
            device.first("boot"))
    }

    private static let mediatedModel = RuleRow.devices(
        "hostdev", "hostdev-mdev-model", "a mediated device of a PC is on PCI", remedy: "write model='vfio-pci'",
        sources: mediated, "vfio-ccw and vfio-ap are of s390x."
    ) { device, _, report in
        guard device["mode"] != "capabilities", device["type"] == "mdev", let source = device.first("source") else {
            return
        }
        switch device["model"] {
        case "vfio-ap":
            report.refuse("VFIO AP device assignment is not supported by this version of QEMU", at: source)
        case "vfio-ccw":
            report.refuse("VFIO CCW device assignment is not supported by this version of QEMU", at: source)
        default: break
        }
    }

    private static let display = RuleRow.devices(
        "hostdev", "mdev-display", "a host device shows its display through a <graphics>",
        remedy: "add <graphics type='spice'/> or 'vnc'",
        sources: ["libvirt 9.0.0 src/qemu/qemu_validate.c qemuValidateDomainMdevDefVFIOPCI"],
        "display='on' gives the picture of a vGPU to a console of the guest, so there has to be one."
    ) { device, domain, report in
        // Of PCI devices since a release after 9.0 and up to 11.3.
        let isShown = device["type"] == "mdev" || device["type"] == "pci" && domain.isRead(by: .since(11, 3))
        guard isShown, device["display"] == "on", domain.devices("graphics").isEmpty else { return }
        report.refuse(
            "graphics device is needed for attribute value 'display=on' in <hostdev>", at: device, "display")
    }

    private static let bootDisplay = RuleRow.domain(
        "mdev-ramfb", "one mediated device is the boot display", remedy: "write ramfb='off'",
        sources: ["libvirt 9.0.0 src/conf/domain_validate.c virDomainDefHostdevValidate"],
        "ramfb='on' shows the firmware's picture until the driver of the vGPU starts."
    ) { domain, report in
        for device in domain.devices("hostdev").filter({ $0["type"] == "mdev" && $0["ramfb"] == "on" }).dropFirst() {
            report.refuse("Only one vgpu device can have 'ramfb' enabled", at: device, "ramfb")
        }
    }
}

import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

/// Controllers of disks.
enum StorageControllers: RuleTable {
    static let all = [ide, scsiModel, ioThread, option]

    private static let validate = [
        "libvirt 9.0.0 src/qemu/qemu_validate.c qemuValidateDomainDeviceDefController",
        "libvirt 9.0.0 src/qemu/qemu_validate.c qemuValidateDomainDeviceDefControllerAttributes",
    ]

    private static let ide = RuleRow.domain(
        "controller-ide", "an IDE controller is the one of an i440fx",
        remedy: "write bus='sata', and remove the controller",
        sources: validate + ["libvirt 9.0.0 src/conf/domain_postparse.c virDomainControllerDefPostParse"],
        "PIIX3 has one; q35 has none, and neither can have another."
    ) { domain, report in
        guard domain.isX86 else { return }
        let isBuiltIn = domain.chipset == .i440fx || domain.machine == "isapc"
        for controller in domain.known[.controller]
        where controller.type == "ide" && (!isBuiltIn || controller.index ?? 0 != 0) {
            let disk = domain.disks.first { $0.bus == "ide" }?.element
            report.refuse(
                isBuiltIn
                    ? "Only a single IDE controller is supported for this machine type"
                    : "IDE controllers are unsupported for this QEMU binary or machine type",
                at: controller.element ?? disk ?? domain.root)
        }
    }

    private static let scsiModel = RuleRow.devices(
        "controller", "controller-scsi", "a SCSI controller is one of a PC", remedy: "write model='virtio-scsi'",
        sources: validate, "buslogic is VMware's, ncr53c90 part of other machines."
    ) { controller, domain, report in
        guard domain.isX86, controller["type"] == "scsi" else { return }
        switch controller["model"] {
        case "buslogic": report.refuse("Unsupported controller model: buslogic", at: controller)
        case "ncr53c90":
            report.refuse(
                controller["index"] ?? "0" == "0"
                    ? "ncr53c90 SCSI controller is not a built-in for this machine"
                    : "ncr53c90 can only be used as first SCSI controller", at: controller)
        default: break
        }
    }

    private static let ioThread = RuleRow.devices(
        "controller", "controller-iothread", "an I/O thread of a virtio-scsi controller exists",
        remedy: "remove iothread=", sources: validate,
        "<iothreads> or <iothreadids> makes the threads; other controllers are served by the main loop."
    ) { controller, domain, report in
        guard domain.isX86, let number = controller.first("driver")?["iothread"], number != "0" else { return }
        if !controller.isVirtioSCSI {
            report.refuse("'iothread' attribute only supported for virtio scsi controllers", at: controller)
        } else if !domain.hasIOThread(number) {
            report.refuse("controller iothread '\(number)' not defined in iothreadid", at: controller)
        }
    }

    private static let option = RuleRow.devices(
        "controller", "controller-virtio-option", "queues and their limits are for virtio-scsi",
        remedy: "remove <driver>",
        sources: validate, "queues=, cmd_per_lun=, max_sectors= and ioeventfd= set up virtqueues."
    ) { controller, domain, report in
        guard domain.isX86, let driver = controller.first("driver"), !controller.isVirtioSCSI else { return }
        for name in ["queues", "cmd_per_lun", "max_sectors", "ioeventfd"] where driver[name] ?? "0" != "0" {
            report.refuse("'\(name)' is only supported by virtio-scsi controller", at: controller)
        }
    }
}

extension XMLElement {
    fileprivate var isVirtioSCSI: Bool {
        let models = ["virtio-scsi", "virtio-transitional", "virtio-non-transitional"]
        return self["type"] == "scsi" && models.contains(self["model"] ?? "")
    }
}

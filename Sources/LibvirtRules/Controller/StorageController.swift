import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

struct StorageController: DomainCheck {
    let rule = DomainRule(
        "storage-controller", "a storage controller is one of the machine, with its model's options",
        sources: [
            "libvirt 9.0.0 src/qemu/qemu_validate.c qemuValidateDomainDeviceDefController",
            "libvirt 9.0.0 src/qemu/qemu_validate.c qemuValidateDomainDeviceDefControllerAttributes",
            "libvirt 9.0.0 src/conf/domain_postparse.c virDomainControllerDefPostParse",
        ],
        """
        i440fx has one IDE controller, q35 none; buslogic and ncr53c90 are not for PCs. queues, cmd_per_lun, max_sectors,
        ioeventfd and an iothread that exists are for virtio-scsi; the virtio options for virtio controllers.
        """)

    func check(_ domain: CheckedDomain) -> [Finding] {
        guard domain.isX86 else { return [] }
        let written = domain.devices("controller").compactMap { controller -> Finding? in
            guard let message = complaint(controller, domain) else { return nil }
            return finding(message, at: controller, in: domain, fix: "remove what the message names")
        }
        let isBuiltIn = domain.chipset == .i440fx || domain.machine == "isapc"
        let ide = domain.known[.controller].filter { $0.type == "ide" }
        return written
            + ide.compactMap { controller in
                guard !isBuiltIn || controller.index ?? 0 != 0 else { return nil }
                return finding(
                    isBuiltIn
                        ? "Only a single IDE controller is supported for this machine type"
                        : "IDE controllers are unsupported for this QEMU binary or machine type",
                    at: controller.element ?? ideDisk(domain) ?? domain.root, in: domain,
                    fix: "write bus='sata', and remove the controller")
            }
    }

    private func ideDisk(_ domain: CheckedDomain) -> XMLElement? {
        domain.disks.first { $0.bus == "ide" }?.element
    }

    private func complaint(_ controller: XMLElement, _ domain: CheckedDomain) -> String? {
        let type = controller["type"] ?? ""
        let model = controller["model"] ?? ""
        let isVirtioSCSI =
            type == "scsi" && ["virtio-scsi", "virtio-transitional", "virtio-non-transitional"].contains(model)
        let driver = controller.first("driver")
        if let number = driver?["iothread"], number != "0" {
            if !isVirtioSCSI { return "'iothread' attribute only supported for virtio scsi controllers" }
            if !domain.hasIOThread(number) { return "controller iothread '\(number)' not defined in iothreadid" }
        }
        if type == "scsi" {
            switch model {
            case "buslogic": return "Unsupported controller model: buslogic"
            case "ncr53c90":
                return controller["index"] ?? "0" == "0"
                    ? "ncr53c90 SCSI controller is not a built-in for this machine"
                    : "ncr53c90 can only be used as first SCSI controller"
            default: break
            }
        }
        guard let driver, !isVirtioSCSI else { return nil }
        for name in ["queues", "cmd_per_lun", "max_sectors", "ioeventfd"] {
            if let value = driver[name], value != "0" { return "'\(name)' is only supported by virtio-scsi controller" }
        }
        return nil
    }
}

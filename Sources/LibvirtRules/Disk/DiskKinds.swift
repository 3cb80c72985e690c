import BerthDiagnostics
import BerthLibvirtDomain
import BerthStack
import BerthXML

/// Which bus has which kind of disk, and what disks are called.
enum DiskKinds: RuleTable {
    static let all = [
        bus, floppy, media, usbEmpty, lun, readOnly, kindOfName, letters, hasTarget, nameOnce, partition, nvmeSerial,
        nvmeNamespace,
    ]

    private static let validate = ["libvirt 9.0.0 src/conf/domain_validate.c virDomainDiskDefValidate"]
    private static let frontend =
        validate + ["libvirt 9.0.0 src/qemu/qemu_validate.c qemuValidateDomainDeviceDefDiskFrontend"]

    private static let bus = RuleRow.disks(
        "disk-bus", "a disk is on a bus of a PC", remedy: "write bus='virtio'",
        sources: ["libvirt 9.0.0 src/qemu/qemu_command.c qemuBuildDiskDeviceProps"],
        "xen and uml are buses of other hypervisors."
    ) { disk, _, report in
        guard let target = disk.target, ["xen", "uml"].contains(disk.bus) else { return }
        report.refuse("unsupported disk bus '\(disk.bus)' with device setup", at: target, "bus")
    }

    private static let floppy = RuleRow.disks(
        "disk-floppy-bus", "floppies are on fdc, and nothing else is", sources: frontend,
        "fdc is the floppy controller."
    ) { disk, _, report in
        guard let target = disk.target else { return }
        if disk.device == "floppy", disk.bus != "fdc" {
            report.refuse("Invalid bus type '\(disk.bus)' for floppy disk", at: target, "bus", fix: "write bus='fdc'")
        } else if disk.device != "floppy", disk.bus == "fdc" {
            report.refuse(
                "Invalid bus type 'fdc' for disk", at: target, "bus", fix: "write another bus, or device='floppy'")
        }
    }

    private static let media = RuleRow.disks(
        "disk-cdrom-bus", "a CD-ROM drive is on a bus that can eject", remedy: "write bus='sata'", sources: frontend,
        "virtio-blk and SD cards have no media that could be changed."
    ) { disk, _, report in
        guard let target = disk.target, disk.device == "cdrom", ["virtio", "sd"].contains(disk.bus) else { return }
        report.refuse("disk type of '\(disk.name)' does not support ejectable media", at: target, "bus")
    }

    private static let usbEmpty = RuleRow.disks(
        "disk-usb-empty", "a drive on USB has a medium", releases: .since(11, 3).until(11, 5),
        remedy: "add <source file=>, or write bus='sata'",
        sources: [
            "libvirt 11.3.0 src/qemu/qemu_validate.c qemuValidateDomainDeviceDefDiskFrontend",
            "libvirt 11.5.0 NEWS.rst: qemu: Properly emulate USB cdrom device",
        ],
        "QEMU's usb-storage starts with one only. 9.0 does not notice, and from 11.5 on there is another device."
    ) { disk, _, report in
        guard let target = disk.target, disk.bus == "usb", disk.device == "cdrom", disk.isEmpty else { return }
        report.refuse("'usb' disk must not be empty", at: target, "bus")
    }

    private static let nvmeNamespace = RuleRow.disks(
        "nvme-namespace", "the namespace of an NVMe disk is a decimal number", remedy: "write namespace='1'",
        sources: [
            "libvirt 9.0.0 src/conf/domain_conf.c virDomainDiskSourceNVMeParse",
            "libvirt 11.3.0 src/conf/domain_conf.c virDomainDiskSourceNVMeParse",
        ], "The schema takes a hexadecimal one, too."
    ) { disk, domain, report in
        guard disk.type == "nvme", let source = disk.source, let text = source["namespace"],
            !text.isEmpty, LibvirtNumber.unsigned64(text, base: 10) == nil
        else { return }
        // Found between 9.0 and 11.3.
        report.refuse(
            domain.isRead(by: .until(9, 1))
                ? "malformed namespace '\(text)'"
                : "Invalid value for attribute 'namespace' in element 'source': '\(text)'. Expected non-negative integer "
                    + "value", at: source, "namespace")
    }

    private static let nvmeSerial = RuleRow.domain(
        "nvme-serial", "an NVMe controller has a serial number", releases: .since(11, 5),
        remedy: "add <serial> to the disk",
        sources: ["libvirt 11.5.0 NEWS.rst: qemu: Add support for NVMe disks", "12.8.0 src/conf/domain_validate.c"],
        "The number is the controller's, and it takes that of the disks behind it where it has none of its own."
    ) { domain, report in
        let disks = domain.disks.filter { $0.bus == "nvme" }
        for disk in disks where disk.element.first("serial") == nil {
            let controller = disk.drive?.controller ?? 0
            let own = domain.devices("controller").first {
                $0["type"] == "nvme"
                    && LibvirtNumber.unsigned($0["index"] ?? "0", base: 10).map { Int($0) } == controller
            }
            let others = disks.contains { $0.drive?.controller == controller && $0.element.first("serial") != nil }
            guard own == nil, !others else { continue }
            report.refuse("Missing mandatory serial for NVMe controller", at: disk.element)
        }
        for controller in domain.devices("controller")
        where controller["type"] == "nvme" && controller.first("serial") == nil {
            let index = LibvirtNumber.unsigned(controller["index"] ?? "0", base: 10).map { Int($0) }
            let isNamed = disks.contains {
                ($0.drive?.controller ?? 0) == index && $0.element.first("serial") != nil
            }
            guard !isNamed else { continue }
            report.refuse(
                "Missing mandatory serial for NVMe controller", at: controller,
                fix: "add <serial> to the controller or to one of its disks")
        }
    }

    private static let lun = RuleRow.disks(
        "disk-lun-bus", "a LUN is on virtio or SCSI", remedy: "write bus='scsi'", sources: frontend,
        "Other buses do not carry SCSI commands."
    ) { disk, _, report in
        guard let target = disk.target, disk.isLun, !["virtio", "scsi"].contains(disk.bus) else { return }
        report.refuse("disk device='lun' is not supported for bus='\(disk.bus)'", at: target, "bus")
    }

    private static let readOnly = RuleRow.disks(
        "disk-readonly", "a hard disk on IDE or SATA can be written", remedy: "remove <readonly/>", sources: frontend,
        "ATA knows no disk that is read-only."
    ) { disk, _, report in
        guard let target = disk.target, disk.device == "disk", disk.element.first("readonly") != nil,
            ["ide", "sata"].contains(disk.bus)
        else { return }
        report.refuse("readonly \(disk.bus) disks are not supported", at: target, "bus")
    }

    private static let kindOfName = RuleRow.disks(
        "disk-name-kind", "the name of a disk is one of its kind", sources: validate,
        "Hard disks are called hd, sd, vd, xvd or ubd, floppies fd, and a letter."
    ) { disk, domain, report in
        guard let target = disk.target, !disk.name.isEmpty else { return }
        if ["disk", "lun"].contains(disk.device),
            !["hd", "sd", "vd", "xvd", "ubd"].contains(where: disk.name.hasPrefix),
            !disk.name.hasPrefix("nvme") || domain.isRead(by: .until(11, 5))
        {
            report.refuse(
                "Invalid harddisk device name: \(disk.name)", at: target, "dev", fix: "write a name such as vda")
        } else if disk.device == "floppy", !disk.name.hasPrefix("fd") {
            report.refuse(
                "Invalid floppy device name: \(disk.name)", at: target, "dev", fix: "write a name such as fda")
        }
    }

    private static let letters = RuleRow.disks(
        "disk-name-letters", "the name of a disk ends in letters", remedy: "write a name such as vda",
        sources: validate + ["libvirt 9.0.0 src/util/virutil.c virDiskNameToIndex"],
        "QEMU's name of the device is made of the number that they stand for, also where an address is written."
    ) { disk, _, report in
        guard let target = disk.target, !disk.name.isEmpty, DiskName.index(disk.name) < 0,
            disk.element.first("address") != nil
        else { return }
        report.refuse("invalid disk target '\(disk.name)'", at: target, "dev")
    }

    private static let hasTarget = RuleRow.disks(
        "disk-target-missing", "a disk has a target", remedy: "add <target dev='vda' bus='virtio'/>",
        sources: ["libvirt 9.0.0 src/conf/domain_conf.c virDomainDiskDefParseXML"],
        "It is its name in the guest's domain."
    ) { disk, domain, report in
        guard disk.name.isEmpty else { return }
        report.refuse(
            "missing target information for device\(disk.path.map { " \($0)" } ?? "")", at: disk.target ?? disk.element)
    }

    private static let nameOnce = RuleRow.domain(
        "disk-target", "disks have different names", remedy: "write another name",
        sources: ["libvirt 9.0.0 src/conf/domain_validate.c virDomainDefDuplicateDiskInfoValidate"],
        "The name in <target dev=> tells the disks of a guest apart."
    ) { domain, report in
        var seen: [String: String] = [:]
        for disk in domain.devices("disk") {
            guard let target = disk.first("target"), let name = target["dev"] else { continue }
            let source = disk.first("source").flatMap { $0["file"] ?? $0["dev"] ?? $0["dir"] } ?? "(null)"
            guard let other = seen.updateValue(source, forKey: name) else { continue }
            report.refuse(
                "target '\(name)' duplicated for disk sources '\(other)' and '\(source)'", at: target, "dev")
        }
    }

    private static let partition = RuleRow.devices(
        "disk", "disk-partition", "a disk is not called as a partition", remedy: "write the name without a number",
        sources: validate, "Digits at the end are those of partitions, which are the guest's business."
    ) { disk, _, report in
        let kinds = ["hd", "sd", "vd", "xvd", "ubd"]
        guard let target = disk.first("target"), let name = target["dev"], let last = name.last, last.isASCII,
            last.isNumber, kinds.contains(where: { name.hasPrefix($0) }), disk["device"] ?? "disk" != "floppy"
        else { return }
        report.refuse("invalid disk target '\(name)', partitions can't appear in disk targets", at: target, "dev")
    }
}

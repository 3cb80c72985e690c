import BerthDiagnostics
import BerthLibvirtDomain
import BerthStack
import BerthXML

/// Disks that pass SCSI commands on to the host's device.
enum LunOptions: RuleTable {
    static let all = [sgio, option, source, format, slices, identity, virtio]

    private static let frontend = [
        "libvirt 9.0.0 src/conf/domain_validate.c virDomainDiskDefValidate",
        "libvirt 9.0.0 src/qemu/qemu_validate.c qemuValidateDomainDeviceDefDiskFrontend",
    ]

    private static let sgio = RuleRow.disks(
        "disk-sgio", "SCSI commands of a LUN are filtered", sources: frontend,
        "Kernels no longer let them through unfiltered; disks that are no LUN pass on none."
    ) { disk, _, report in
        if disk.element["sgio"] == "unfiltered" {
            report.surplus("unfiltered sgio is no longer supported", disk.element, "sgio")
        } else if !disk.isLun {
            report.surplus("sgio can be used only with device='lun'", disk.element, "sgio")
        }
    }

    private static let option = RuleRow.disks(
        "disk-lun-option", "raw I/O and reservations are for LUNs", sources: frontend,
        "rawio= gives QEMU the right to any SCSI command, <reservations> a helper for persistent reservations."
    ) { disk, _, report in
        guard !disk.isLun else { return }
        report.surplus("rawio can be used only with device='lun'", disk.element, "rawio")
        report.surplus("<reservations/> allowed only for lun devices", disk.source?.first("reservations"))
    }

    private static let source = RuleRow.disks(
        "disk-lun-source", "a LUN is a block device of the host, or of iSCSI", sources: frontend,
        "There has to be a device that answers SCSI commands."
    ) { disk, _, report in
        guard disk.isLun else { return }
        if disk.type == "network" {
            let network = disk.source?["protocol"] ?? ""
            if network != "iscsi" {
                report.surplus(
                    "disk device='lun' is not supported for protocol='\(network)'", disk.source, "protocol")
            }
        } else if !["block", "volume"].contains(disk.type) || disk.source == nil {
            report.surplus("disk device='lun' is only valid for block type disk source", disk.element, "device")
        }
    }

    private static let format = RuleRow.disks(
        "disk-lun-format", "a LUN has no image format", remedy: "write type='raw'", sources: frontend,
        "The guest's commands go to the device as they are."
    ) { disk, _, report in
        guard disk.isLun, let driver = disk.driver, let format = disk.format, format != "raw" else { return }
        report.refuse("disk device 'lun' must use 'raw' format", at: driver, "type")
    }

    private static let slices = RuleRow.disks(
        "disk-lun-slice", "a LUN is the whole device", sources: frontend,
        "<slices> takes a part of an image, which SCSI commands would not respect."
    ) { disk, _, report in
        guard disk.isLun else { return }
        report.surplus("disk device 'lun' doesn't support storage slice", disk.source?.first("slices"))
    }

    private static let identity = RuleRow.disks(
        "disk-lun-identity", "a LUN has the identity of its device", sources: frontend,
        "wwn, vendor, product and serial number come from the host's device."
    ) { disk, _, report in
        guard disk.isLun else { return }
        report.surplus("Setting wwn is not supported for lun device", disk.element.first("wwn"))
        for name in ["vendor", "product"] {
            report.surplus("Setting vendor or product is not supported for lun device", disk.element.first(name))
        }
        if disk.bus == "scsi" {
            report.surplus(
                "scsi-block 'lun' devices do not support the serial property", disk.element.first("serial"))
        }
    }

    private static let virtio = RuleRow.disks(
        "disk-lun-virtio", "a LUN is on SCSI where virtio-blk passes no SCSI commands on", remedy: "write bus='scsi'",
        sources: [
            "libvirt 11.3.0 src/qemu/qemu_validate.c qemuValidateDomainDeviceDefDiskFrontend",
            "QEMU 9.1 docs/about/removed-features.rst: virtio-blk scsi=on",
        ], "QEMU 9.1 dropped the property; libvirt asks the QEMU that it has."
    ) { disk, domain, report in
        guard let target = disk.target, disk.isLun, disk.isVirtio, domain.isRead(by: .since(10, 7)),
            domain.host.qemu?.virtioBlockTakesSCSI == false
        else { return }
        report.refuse("This QEMU doesn't support SCSI emulation with 'virtio-blk' device", at: target, "bus")
    }
}

import BerthDiagnostics
import BerthLibvirtDomain
import BerthStack
import BerthXML

/// What a disk says of its driver and its place.
enum DiskOptions: RuleTable {
    static let all = [
        model, virtioOption, tray, removable, startupPolicy, driverName, io, copyOnRead, ioThread, threadMapping,
        throttle, discard,
    ]

    private static let frontend = [
        "libvirt 9.0.0 src/conf/domain_validate.c virDomainDiskDefValidate",
        "libvirt 9.0.0 src/qemu/qemu_validate.c qemuValidateDomainDeviceDefDiskFrontend",
    ]

    private static let model = RuleRow.disks(
        "disk-model", "a disk with a model is a virtio disk", sources: frontend,
        "Transitional and non-transitional are kinds of virtio; disks of other buses are of one kind."
    ) { disk, domain, report in
        guard !disk.isVirtio, let model = disk.element["model"], model != "default" else { return }
        // NEWS.rst @ 11.5.0: "qemu: Properly emulate USB cdrom device", by a model for each way.
        if disk.bus == "usb", ["usb-storage", "usb-bot"].contains(model), domain.isRead(by: .since(11, 5)) { return }
        report.surplus("disk model '\(model)' not supported for bus '\(disk.bus)'", disk.element, "model")
    }

    private static let virtioOption = RuleRow.disks(
        "disk-virtio-option", "queues and virtqueue options are for virtio disks", sources: frontend,
        "queues=, event_idx=, ioeventfd=, iommu=, ats=, packed= and page_per_vq= set up a virtqueue."
    ) { disk, domain, report in
        guard !disk.isVirtio else { return }
        if disk.driver?["queues"] != "0" {
            report.surplus(
                domain.isRead(by: .until(9, 1))
                    ? "queues attribute in disk driver element is only supported by virtio-blk"
                    : "queues attribute in disk driver element is only supported for virtio bus", disk.driver, "queues")
        }
        if let size = disk.driver?["queue_size"], LibvirtNumber.unsigned(size, base: 10) != 0,
            domain.isRead(by: .since(9, 1))
        {
            report.surplus(
                "queue_size attribute in disk driver is only supported for virtio bus", disk.driver, "queue_size")
        }
        for (name, message) in [
            ("event_idx", "disk event_idx mode supported only for virtio bus"),
            ("ioeventfd", "disk ioeventfd mode supported only for virtio bus"),
        ] + VirtioOptions.complaints {
            report.surplus(message, disk.driver, name)
        }
    }

    private static let tray = RuleRow.disks(
        "disk-tray", "a tray that is open is that of a drive for media", sources: frontend,
        "CD-ROM and floppy drives have a tray."
    ) { disk, _, report in
        guard disk.target?["tray"] == "open", !disk.isDrive else { return }
        report.surplus("tray is only valid for cdrom and floppy", disk.target, "tray")
    }

    private static let removable = RuleRow.disks(
        "disk-removable", "removable= is for disks on USB, from 9.6 on on SCSI", sources: frontend,
        "QEMU's usb-storage tells the guest that its medium can be taken out; no other disk does."
    ) { disk, domain, report in
        // NEWS.rst @ 9.6.0: "qemu: Support removable attribute for scsi disk".
        let takesSCSI = domain.isRead(by: .since(9, 6))
        guard disk.bus != "usb", disk.bus != "scsi" || !takesSCSI else { return }
        report.surplus(
            takesSCSI ? "removable is only valid for usb or scsi disks" : "removable is only valid for usb disks",
            disk.target, "removable")
    }

    private static let startupPolicy = RuleRow.disks(
        "disk-startup-policy", "a start without the medium is for media and local files",
        sources: ["libvirt 9.0.0 src/conf/domain_validate.c virDomainDiskDefValidateStartupPolicy"],
        "startupPolicy= says what happens where the file is missing; 'requisite' lets a migration go on, for drives of media."
    ) { disk, _, report in
        guard let policy = disk.source?["startupPolicy"], policy != "default" else { return }
        if !["file", "block", "dir", "volume"].contains(disk.type) {
            report.surplus(
                "disk startupPolicy '\(policy)' is not allowed for disk of '\(disk.type)' type", disk.source,
                "startupPolicy")
        } else if policy == "requisite", !disk.isDrive {
            report.surplus(
                "disk startupPolicy 'requisite' is allowed only for cdrom or floppy", disk.source, "startupPolicy")
        }
    }

    private static let driverName = RuleRow.disks(
        "disk-driver", "the driver of a disk is qemu", sources: frontend,
        "tap, phy and file are drivers of Xen."
    ) { disk, _, report in
        guard let driver = disk.driver, let name = driver["name"], name != "qemu" else { return }
        report.surplus("unsupported driver name '\(name)' for disk '\(disk.name)'", driver, "name")
    }

    private static let io = RuleRow.disks(
        "disk-io", "native I/O goes past the host's cache", remedy: "write cache='none'", sources: frontend,
        "Linux AIO waits wherever the page cache is in between."
    ) { disk, _, report in
        guard let driver = disk.driver, driver["io"] == "native",
            !["none", "directsync"].contains(driver["cache"] ?? "")
        else { return }
        report.refuse("io='native' needs either no disk cache or directsync cache mode", at: driver, "io")
    }

    private static let copyOnRead = RuleRow.disks(
        "disk-copy-on-read", "what copies on reading can be written", sources: frontend,
        "copy_on_read='on' writes what it reads from the backing file into the image."
    ) { disk, _, report in
        guard let driver = disk.driver, driver["copy_on_read"] == "on" else { return }
        let reason =
            disk.isReadOnly
            ? "not compatible with read-only"
            : disk.device == "floppy"
                ? "not supported with removable" : disk.isLun ? "not compatible with 'lun'" : nil
        guard let reason else { return }
        report.surplus("copy_on_read is \(reason) disk '\(disk.name)'", driver, "copy_on_read")
    }

    private static let ioThread = RuleRow.disks(
        "disk-iothread", "an I/O thread of a virtio disk exists", sources: frontend,
        "<iothreads> or <iothreadids> makes the threads; disks of other buses are served by the main loop."
    ) { disk, domain, report in
        guard let number = disk.driver?["iothread"], number != "0" else { return }
        if !disk.isVirtio {
            report.surplus("IOThreads not available for bus \(disk.bus) target \(disk.name)", disk.driver, "iothread")
        } else if !domain.hasIOThread(number) {
            report.surplus("Disk iothread '\(number)' not defined in iothreadid", disk.driver, "iothread")
        }
    }

    private static let threadMapping = RuleRow.disks(
        "disk-iothread-mapping", "a disk has one I/O thread or a list of them", releases: .since(10, 0),
        remedy: "remove iothread=",
        sources: [
            "libvirt 10.0.0 NEWS.rst: qemu: Add support for mapping iothreads to virtqueues of virtio-blk devices",
            "libvirt 11.3.0 src/conf/domain_validate.c virDomainDiskDefValidate",
        ], "Each queue is of one thread."
    ) { disk, _, report in
        guard let driver = disk.driver, driver["iothread"] != nil, driver.first("iothreads") != nil else { return }
        report.refuse(
            "disk driver 'iothread' attribute can't be used together with 'iothreads' subelement", at: driver,
            "iothread")
    }

    private static let throttle = RuleRow.disks(
        "disk-throttle", "a disk is throttled by itself or by groups", releases: .since(11, 2),
        remedy: "remove <iotune>",
        sources: [
            "libvirt 11.2.0 NEWS.rst: qemu: Support for Block Disk Along with Throttle Filters",
            "libvirt 11.3.0 src/conf/domain_validate.c virDomainDiskDefValidate",
        ], "Both would count the same requests."
    ) { disk, _, report in
        guard disk.element.first("throttlefilters")?.first("throttlefilter") != nil,
            let tune = disk.element.first("iotune"), !tune.elements().isEmpty
        else { return }
        report.refuse(
            "block 'throttlefilters' can't be used together with 'iotune' for disk '\(disk.name)'", at: tune)
    }

    private static let discard = RuleRow.disks(
        "disk-discard-no-unref", "clusters that stay allocated are those of a qcow2 image that can be written",
        releases: .since(9, 5), remedy: "remove discard_no_unref=",
        sources: [
            "libvirt 9.5.0 NEWS.rst: qemu: Add support for discard_no_unref",
            "libvirt 11.3.0 src/conf/domain_validate.c virDomainDiskDefValidateSource",
        ], "discard_no_unref='on' keeps a qcow2 image from getting fragmented; other formats have no clusters."
    ) { disk, _, report in
        guard let driver = disk.driver, driver["discard_no_unref"] == "on" else { return }
        if disk.format != "qcow2" {
            report.refuse("'discard_no_unref' only works with qcow2 disk format", at: driver, "discard_no_unref")
        } else if disk.isReadOnly {
            report.refuse(
                "'discard_no_unref' is not compatible with read-only disk", at: driver, "discard_no_unref")
        }
    }
}

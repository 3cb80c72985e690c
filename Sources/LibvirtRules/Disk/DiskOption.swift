import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

struct DiskOption: DomainCheck {
    let rule = DomainRule(
        "disk-option", "a disk has only the options of its bus and its device",
        sources: [
            "libvirt 9.0.0 src/conf/domain_validate.c virDomainDiskDefValidate, virDomainDiskDefValidateStartupPolicy",
            "libvirt 9.0.0 src/qemu/qemu_validate.c qemuValidateDomainDeviceDefDiskFrontend",
        ],
        """
        Queues, event_idx, ioeventfd, the virtio options and an iothread are for virtio disks; vendor and product for
        scsi, wwn for ide and scsi, removable= for usb, a tray for drives of media, sgio= and rawio= for LUNs.
        """)

    func check(_ domain: CheckedDomain) -> [Finding] {
        domain.disks.flatMap { disk in
            let all = virtio(disk) + media(disk) + lun(disk) + identity(disk) + driver(disk, domain) + geometry(disk)
            return all.map { complaint in
                finding(
                    complaint.message, at: complaint.element, complaint.attribute, in: domain,
                    fix: complaint.attribute.map { "remove \($0)=" } ?? "remove <\(complaint.element.name)>")
            }
        }
    }

    private struct Complaint {
        var message: String
        var element: XMLElement
        var attribute: String?

        init?(_ element: XMLElement?, _ attribute: String? = nil, _ message: String) {
            guard let element, attribute.map({ element[$0] != nil }) ?? true else { return nil }
            (self.message, self.element, self.attribute) = (message, element, attribute)
        }
    }

    private func virtio(_ disk: CheckedDisk) -> [Complaint] {
        guard !disk.isVirtio else { return [] }
        var found: [Complaint?] = []
        if let model = disk.element["model"], model != "default" {
            found.append(
                Complaint(disk.element, "model", "disk model '\(model)' not supported for bus '\(disk.bus)'"))
        }
        if disk.driver?["queues"] != "0" {
            found.append(
                Complaint(
                    disk.driver, "queues", "queues attribute in disk driver element is only supported by virtio-blk"))
        }
        for (name, message) in [
            ("event_idx", "disk event_idx mode supported only for virtio bus"),
            ("ioeventfd", "disk ioeventfd mode supported only for virtio bus"),
        ] + VirtioOptions.complaints {
            found.append(Complaint(disk.driver, name, message))
        }
        return found.compactMap(\.self)
    }

    private func media(_ disk: CheckedDisk) -> [Complaint] {
        var found: [Complaint?] = []
        let isDrive = ["cdrom", "floppy"].contains(disk.device)
        if disk.target?["tray"] == "open", !isDrive {
            found.append(Complaint(disk.target, "tray", "tray is only valid for cdrom and floppy"))
        }
        if disk.bus != "usb" {
            found.append(Complaint(disk.target, "removable", "removable is only valid for usb disks"))
        }
        if let policy = disk.source?["startupPolicy"], policy != "default" {
            if !["file", "block", "dir", "volume"].contains(disk.type) {
                found.append(
                    Complaint(
                        disk.source, "startupPolicy",
                        "disk startupPolicy '\(policy)' is not allowed for disk of '\(disk.type)' type"))
            } else if policy == "requisite", !isDrive {
                found.append(
                    Complaint(
                        disk.source, "startupPolicy",
                        "disk startupPolicy 'requisite' is allowed only for cdrom or floppy"))
            }
        }
        return found.compactMap(\.self)
    }

    private func lun(_ disk: CheckedDisk) -> [Complaint] {
        if disk.element["sgio"] == "unfiltered" {
            return [Complaint(disk.element, "sgio", "unfiltered sgio is no longer supported")].compactMap(\.self)
        }
        guard disk.isLun else {
            return [
                Complaint(disk.element, "rawio", "rawio can be used only with device='lun'"),
                Complaint(disk.element, "sgio", "sgio can be used only with device='lun'"),
                Complaint(disk.source?.first("reservations"), nil, "<reservations/> allowed only for lun devices"),
            ].compactMap(\.self)
        }
        var found: [Complaint?] = []
        if disk.type == "network" {
            let network = disk.source?["protocol"] ?? ""
            if network != "iscsi" {
                found.append(
                    Complaint(
                        disk.source, "protocol", "disk device='lun' is not supported for protocol='\(network)'"))
            }
        } else if !["block", "volume"].contains(disk.type) || disk.source == nil {
            found.append(
                Complaint(disk.element, "device", "disk device='lun' is only valid for block type disk source"))
        }
        if let format = disk.format, format != "raw" {
            found.append(Complaint(disk.driver, "type", "disk device 'lun' must use 'raw' format"))
        }
        found.append(
            Complaint(disk.source?.first("slices"), nil, "disk device 'lun' doesn't support storage slice"))
        found.append(Complaint(disk.element.first("wwn"), nil, "Setting wwn is not supported for lun device"))
        for name in ["vendor", "product"] {
            found.append(
                Complaint(
                    disk.element.first(name), nil, "Setting vendor or product is not supported for lun device"))
        }
        if disk.bus == "scsi" {
            found.append(
                Complaint(
                    disk.element.first("serial"), nil,
                    "scsi-block 'lun' devices do not support the serial property"))
        }
        return found.compactMap(\.self)
    }

    private func identity(_ disk: CheckedDisk) -> [Complaint] {
        var found: [Complaint?] = []
        for (name, limit) in [("vendor", 8), ("product", 16)] {
            guard let element = disk.element.first(name) else { continue }
            if element.text.utf8.count > limit {
                found.append(Complaint(element, nil, "disk \(name) is more than \(limit) characters"))
            } else if disk.bus != "scsi" {
                found.append(Complaint(element, nil, "Only scsi disk supports vendor and product"))
            }
        }
        if !["ide", "scsi"].contains(disk.bus) {
            found.append(Complaint(disk.element.first("wwn"), nil, "Only ide and scsi disk support wwn"))
        }
        if let serial = disk.element.first("serial") {
            let unsafe = serial.text.utf8.contains { byte in
                !(Character(UnicodeScalar(byte)).isASCII && Character(UnicodeScalar(byte)).isLetter
                    || Character(UnicodeScalar(byte)).isNumber || "-_ .+".utf8.contains(byte))
            }
            if disk.bus == "sd" {
                found.append(Complaint(serial, nil, "Serial property not supported for drive bus 'sd'"))
            } else if unsafe {
                found.append(Complaint(serial, nil, "driver serial '\(serial.text)' contains unsafe characters"))
            }
        }
        return found.compactMap(\.self)
    }

    private func driver(_ disk: CheckedDisk, _ domain: CheckedDomain) -> [Complaint] {
        guard let driver = disk.driver else { return [] }
        var found: [Complaint?] = []
        if let name = driver["name"], name != "qemu" {
            found.append(
                Complaint(driver, "name", "unsupported driver name '\(name)' for disk '\(disk.name)'"))
        }
        if driver["io"] == "native", !["none", "directsync"].contains(driver["cache"] ?? "") {
            found.append(
                Complaint(driver, "io", "io='native' needs either no disk cache or directsync cache mode"))
        }
        if driver["copy_on_read"] == "on" {
            var message: String?
            if disk.isReadOnly {
                message = "copy_on_read is not compatible with read-only disk '\(disk.name)'"
            } else if disk.device == "floppy" {
                message = "copy_on_read is not supported with removable disk '\(disk.name)'"
            } else if disk.isLun {
                message = "copy_on_read is not compatible with 'lun' disk '\(disk.name)'"
            }
            if let message { found.append(Complaint(driver, "copy_on_read", message)) }
        }
        if let number = driver["iothread"], number != "0" {
            if !disk.isVirtio {
                found.append(
                    Complaint(
                        driver, "iothread", "IOThreads not available for bus \(disk.bus) target \(disk.name)"))
            } else if !domain.hasIOThread(number) {
                found.append(Complaint(driver, "iothread", "Disk iothread '\(number)' not defined in iothreadid"))
            }
        }
        return found.compactMap(\.self)
    }

    private func geometry(_ disk: CheckedDisk) -> [Complaint] {
        var found: [Complaint?] = []
        if let geometry = disk.element.first("geometry"),
            ["cyls", "heads", "secs"].allSatisfy({ LibvirtNumber.unsigned(geometry[$0] ?? "0", base: 10) ?? 0 > 0 })
        {
            if ["usb", "sd"].contains(disk.bus) {
                found.append(Complaint(geometry, nil, "CHS geometry can not be set for '\(disk.bus)' bus"))
            } else if let mode = geometry["trans"], mode != "default", disk.bus != "ide" {
                found.append(
                    Complaint(
                        geometry, "trans",
                        "CHS translation mode can only be set for 'ide' bus not '\(disk.bus)'"))
            }
        }
        if let rate = disk.target?["rotation_rate"], rate != "0" {
            if !["scsi", "ide", "sata"].contains(disk.bus) {
                found.append(
                    Complaint(disk.target, "rotation_rate", "rotation rate is only valid for SCSI/IDE/SATA bus"))
            } else if disk.device != "disk" {
                found.append(
                    Complaint(disk.target, "rotation_rate", "rotation rate is only valid for disk device"))
            }
        }
        return found.compactMap(\.self)
    }
}

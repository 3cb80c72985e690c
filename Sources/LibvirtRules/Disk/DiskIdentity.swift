import BerthDiagnostics
import BerthLibvirtDomain
import BerthStack
import BerthXML

/// What a guest sees of a disk beside its contents.
enum DiskIdentity: RuleTable {
    static let all = [vendor, wwn, serial, geometry, rotation]

    private static let frontend = [
        "libvirt 9.0.0 src/conf/domain_validate.c virDomainDiskDefValidate",
        "libvirt 9.0.0 src/qemu/qemu_validate.c qemuValidateDomainDeviceDefDiskFrontend",
    ]

    private static let vendor = RuleRow.disks(
        "disk-vendor", "vendor and product of 8 and 16 characters are for SCSI disks", sources: frontend,
        "They are fields of fixed length in the answer to SCSI's INQUIRY."
    ) { disk, domain, report in
        // From a release after 9.0 and up to 11.3 on, an IDE or SATA disk has a name of 40 characters.
        let isATA = ["ide", "sata"].contains(disk.bus) && domain.isRead(by: .since(9, 1))
        for (name, limit) in [("vendor", 8), ("product", isATA ? 40 : 16)] {
            guard let element = disk.element.first(name) else { continue }
            if element.text.utf8.count > limit {
                report.surplus("disk \(name) is more than \(limit) characters", element)
            } else if disk.bus != "scsi" {
                guard domain.isRead(by: .since(9, 1)) else {
                    report.surplus("Only scsi disk supports vendor and product", element)
                    continue
                }
                if name == "vendor" {
                    report.surplus("Only scsi disk supports 'vendor'", element)
                } else if !["ide", "sata"].contains(disk.bus) {
                    report.surplus("Only ide, sata and scsi disk supports 'product'", element)
                }
            }
        }
    }

    private static let wwn = RuleRow.disks(
        "disk-wwn", "a world wide name is for IDE and SCSI disks", sources: frontend,
        "Disks of other buses have no such name."
    ) { disk, _, report in
        guard !["ide", "scsi"].contains(disk.bus) else { return }
        report.surplus("Only ide and scsi disk support wwn", disk.element.first("wwn"))
    }

    private static let serial = RuleRow.disks(
        "disk-serial", "the serial number of a disk is plain text", sources: frontend,
        "Letters, digits and -_ .+ alone go on QEMU's command line. An SD card has none."
    ) { disk, _, report in
        guard let serial = disk.element.first("serial") else { return }
        if disk.bus == "sd" {
            report.surplus("Serial property not supported for drive bus 'sd'", serial)
        } else if !serial.text.utf8.allSatisfy(isSafe) {
            report.surplus("driver serial '\(serial.text)' contains unsafe characters", serial)
        }
    }

    private static func isSafe(_ byte: UInt8) -> Bool {
        let character = Character(UnicodeScalar(byte))
        return character.isASCII && character.isLetter || character.isNumber || "-_ .+".utf8.contains(byte)
    }

    private static let geometry = RuleRow.disks(
        "disk-geometry", "cylinders, heads and sectors are those of a disk with a geometry", sources: frontend,
        "USB disks and SD cards have none; a translation is something of IDE's."
    ) { disk, _, report in
        guard let geometry = disk.element.first("geometry"),
            ["cyls", "heads", "secs"].allSatisfy({ LibvirtNumber.unsigned(geometry[$0] ?? "0", base: 10) ?? 0 > 0 })
        else { return }
        if ["usb", "sd"].contains(disk.bus) {
            report.surplus("CHS geometry can not be set for '\(disk.bus)' bus", geometry)
        } else if let mode = geometry["trans"], mode != "default", disk.bus != "ide" {
            report.surplus(
                "CHS translation mode can only be set for 'ide' bus not '\(disk.bus)'", geometry, "trans")
        }
    }

    private static let rotation = RuleRow.disks(
        "disk-rotation", "a rotation rate is that of a hard disk on SCSI, IDE or SATA", sources: frontend,
        "The guest tells by it a solid state disk from a spinning one."
    ) { disk, _, report in
        guard let rate = disk.target?["rotation_rate"], rate != "0" else { return }
        if !["scsi", "ide", "sata"].contains(disk.bus) {
            report.surplus("rotation rate is only valid for SCSI/IDE/SATA bus", disk.target, "rotation_rate")
        } else if disk.device != "disk" {
            report.surplus("rotation rate is only valid for disk device", disk.target, "rotation_rate")
        }
    }
}

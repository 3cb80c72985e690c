import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

struct DriveAddressOnce: DomainCheck {
    let rule = DomainRule(
        "drive-double-use", "one drive is at one address", remedy: "write another unit=",
        sources: [
            "libvirt 9.0.0 src/conf/domain_validate.c virDomainDefDuplicateDriveAddressesValidate",
            "libvirt 9.0.0 src/conf/domain_conf.c virDomainDiskDefAssignAddress",
        ],
        """
        The name of a disk without address says which it has. SCSI devices of the host share the addresses of SCSI disks.
        """)

    private struct Place: Hashable {
        var bus: String
        var drive: DriveAddress
    }

    func check(_ domain: CheckedDomain) -> [Finding] {
        var found: [Finding] = []
        var disks: [Place: XMLElement] = [:]
        for disk in domain.disks {
            guard let drive = disk.drive, ["scsi", "ide", "fdc", "sata"].contains(disk.bus),
                let other = disks.updateValue(disk.element, forKey: Place(bus: disk.bus, drive: drive))
            else { continue }
            found.append(
                finding(
                    "Found duplicate drive address for disk with target name '\(name(other))' \(drive)",
                    at: disk.element.first("address") ?? disk.element, in: domain, fix: rule.remedy))
        }
        var devices: Set<DriveAddress> = []
        for device in domain.hostSCSI {
            guard let drive = DomainReader.address(of: device).drive else { continue }
            let message: String
            if let disk = disks[Place(bus: "scsi", drive: drive)] {
                message =
                    disk.first("address") == nil
                    ? "using disk target name '\(name(disk))' conflicts with SCSI host device address "
                        + "\(drive)".dropLast()
                    : "SCSI host address \(drive) in use by a SCSI disk"
            } else if !devices.insert(drive).inserted {
                // Libvirt's message has controller and bus the other way round.
                var turned = drive
                (turned.controller, turned.bus) = (drive.bus, drive.controller)
                message = "SCSI host address \(turned) in use by another SCSI host device"
            } else {
                continue
            }
            found.append(finding(message, at: device.first("address") ?? device, in: domain, fix: rule.remedy))
        }
        return found
    }

    private func name(_ disk: XMLElement) -> String { disk.first("target")?["dev"] ?? "" }
}

extension CheckedDomain {
    /// SCSI devices of the host.
    var hostSCSI: [XMLElement] {
        devices("hostdev").filter { $0["type"] == "scsi" && $0["mode"] ?? "subsystem" == "subsystem" }
    }
}

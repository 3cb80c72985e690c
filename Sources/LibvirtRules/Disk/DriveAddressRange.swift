import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

struct DriveAddressRange: DomainCheck {
    let rule = DomainRule(
        "drive-address", "a drive address is one its controller has, used once",
        sources: [
            "libvirt 9.0.0 src/qemu/qemu_validate.c qemuValidateDomainDeviceDefAddressDrive",
            "libvirt 9.0.0 src/conf/domain_validate.c virDomainDefDuplicateDriveAddressesValidate",
            "libvirt 9.0.0 src/conf/domain_conf.c virDomainDiskDefAssignAddress",
            "libvirt 9.0.0 src/qemu/qemu_command.c qemuBuildDeviceAddresDriveProps",
        ],
        """
        IDE and floppy have one controller; a SCSI controller has one bus, and lsilogic one target; SATA has units only.
        A SCSI host device shares the addresses of SCSI disks.
        """)

    func check(_ domain: CheckedDomain) -> [Finding] {
        limits(domain) + repeated(domain)
    }

    private typealias Drive = (controller: Int, bus: Int, target: Int, unit: Int)

    private func limits(_ domain: CheckedDomain) -> [Finding] {
        var placed = domain.disks.compactMap { disk in disk.drive.map { (disk.element, disk.bus, $0) } }
        // What has a drive address and is no disk is taken for a SCSI device.
        for device in domain.devices
        where device["model"] != "none" && device.name != "disk"
            && (device.name != "channel" || device.first("target")?["type"] != "virtio")
        {
            if let drive = Self.drive(device) { placed.append((device, "scsi", drive)) }
        }
        return placed.compactMap { element, bus, drive in
            let isOnPCI =
                ["sound", "video", "watchdog"].contains(element.name)
                || element.name == "controller" && element["type"] == "usb" && domain.chipset == .q35
            let needsController = isOnPCI && element["model"] != "pcspk"
            guard let message = complaint(bus, drive, needsController, domain) else { return nil }
            return finding(
                message, at: element.first("address") ?? element, in: domain,
                fix: "remove <address>, libvirt then chooses one")
        }
    }

    private func complaint(_ bus: String, _ drive: Drive, _ needsController: Bool, _ domain: CheckedDomain) -> String? {
        switch bus {
        case "scsi":
            if drive.bus != 0 { return "SCSI controller only supports 1 bus" }
            let controller = domain.known[.controller].first {
                $0.type == "scsi" && $0.index == drive.controller
            }
            if controller == nil, needsController, domain.assigned != nil {
                return "unable to find a SCSI controller for idx=\(drive.controller)"
            }
            let isSimple = controller.map { ["lsilogic", "", "auto"].contains($0.model) } ?? (domain.assigned == nil)
            return drive.target != 0 && isSimple ? "target must be 0 for controller model 'lsilogic'" : nil
        case "ide":
            if drive.controller != 0 { return "Only 1 IDE controller is supported" }
            return drive.target != 0 ? "target must be 0 for ide controller" : nil
        case "fdc":
            if drive.controller != 0 { return "Only 1 fdc controller is supported" }
            if drive.bus != 0 { return "Only 1 fdc bus is supported" }
            return drive.target != 0 ? "target must be 0 for controller fdc" : nil
        case "sata":
            if drive.bus != 0 { return "bus must be 0 for sata controller" }
            return drive.target != 0 ? "target must be 0 for sata controller" : nil
        default: return nil
        }
    }

    private func repeated(_ domain: CheckedDomain) -> [Finding] {
        var found: [Finding] = []
        var disks: [String: XMLElement] = [:]
        for disk in domain.disks {
            guard let drive = disk.drive, ["scsi", "ide", "fdc", "sata"].contains(disk.bus) else { continue }
            guard let other = disks.updateValue(disk.element, forKey: Self.key(disk.bus, drive)) else { continue }
            let name = other.first("target")?["dev"] ?? ""
            found.append(
                finding(
                    "Found duplicate drive address for disk with target name '\(name)' \(Self.text(drive))",
                    at: disk.element.first("address") ?? disk.element, in: domain, fix: "write another unit="))
        }
        var devices: Set<String> = []
        for device in domain.hostSCSI {
            guard let drive = Self.drive(device) else { continue }
            let key = Self.key("scsi", drive)
            // Libvirt's message has controller and bus the other way round.
            let text = Self.text((drive.bus, drive.controller, drive.target, drive.unit))
            let place = device.first("address") ?? device
            if let disk = disks[key] {
                let name = disk.first("target")?["dev"] ?? ""
                let message =
                    disk.first("address") == nil
                    ? "using disk target name '\(name)' conflicts with SCSI host device address "
                        + String(Self.text(drive).dropLast())
                    : "SCSI host address \(Self.text(drive)) in use by a SCSI disk"
                found.append(finding(message, at: place, in: domain, fix: "write another unit="))
            } else if !devices.insert(key).inserted {
                found.append(
                    finding(
                        "SCSI host address \(text) in use by another SCSI host device", at: place, in: domain,
                        fix: "write another unit="))
            }
        }
        return found
    }

    private static func drive(_ device: XMLElement) -> Drive? {
        guard let address = device.first("address"), address["type"] == "drive" else { return nil }
        func number(_ name: String) -> Int {
            Int(address[name].flatMap { LibvirtNumber.unsigned($0, base: 10) } ?? 0)
        }
        return (number("controller"), number("bus"), number("target"), number("unit"))
    }

    private static func key(_ bus: String, _ drive: Drive) -> String { bus + " " + text(drive) }

    private static func text(_ drive: Drive) -> String {
        "controller='\(drive.controller)' bus='\(drive.bus)' target='\(drive.target)' unit='\(drive.unit)'"
    }
}

extension CheckedDomain {
    /// SCSI devices of the host.
    var hostSCSI: [XMLElement] {
        devices("hostdev").filter { $0["type"] == "scsi" && $0["mode"] ?? "subsystem" == "subsystem" }
    }
}

import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

struct DriveAddressExists: DomainCheck {
    let rule = DomainRule(
        "drive-address", "a drive address is one its controller has",
        sources: [
            "libvirt 9.0.0 src/qemu/qemu_validate.c qemuValidateDomainDeviceDefAddressDrive",
            "libvirt 9.0.0 src/qemu/qemu_command.c qemuBuildDeviceAddresDriveProps",
        ],
        """
        IDE and floppy have one controller; a SCSI controller has one bus, and lsilogic one target; SATA has units only.
        """)

    func check(_ domain: CheckedDomain) -> [Finding] {
        var placed = domain.disks.compactMap { disk in disk.drive.map { (disk.element, disk.bus, $0) } }
        // What has a drive address and is no disk is taken for a SCSI device.
        for device in domain.devices
        where device["model"] != "none" && device.name != "disk" && device.first("address") != nil
            && (device.name != "channel" || device.first("target")?["type"] != "virtio")
        {
            if let drive = DomainReader.address(of: device).drive { placed.append((device, "scsi", drive)) }
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

    private func complaint(
        _ bus: String, _ drive: DriveAddress, _ needsController: Bool, _ domain: CheckedDomain
    ) -> String? {
        switch bus {
        case "scsi":
            if drive.bus != 0 { return "SCSI controller only supports 1 bus" }
            let controller = domain.known[.controller].first { $0.type == "scsi" && $0.index == drive.controller }
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
}

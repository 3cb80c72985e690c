/// Bus and place of a disk.
///
/// Source: `virDomainDiskDefPostParse` in src/conf/domain_postparse.c, `virDomainDiskDefAssignAddress` in
/// src/conf/domain_conf.c @ 9.0.0.
package enum DiskDefaults {
    package static func complete(_ disk: inout DomainDevice) {
        let name = disk["target", "dev"] ?? ""
        if disk.type.isEmpty { disk.type = bus(of: name, isFloppy: disk[attribute: "device"] == "floppy") }
        guard disk.address == .none, DiskName.index(name) >= 0 else { return }
        let index = DiskName.index(name)
        switch disk.type {
        case "scsi": disk.address = .drive(DriveAddress(controller: index / 7, unit: index % 7))
        case "ide": disk.address = .drive(DriveAddress(controller: index / 4, bus: index % 4 / 2, unit: index % 2))
        case "sata": disk.address = .drive(DriveAddress(controller: index / 6, unit: index % 6))
        case "nvme":
            guard let numbers = NVMeName(name) else { return }
            disk.address = .drive(DriveAddress(controller: numbers.controller, unit: numbers.namespace - 1))
        case "fdc": disk.address = .drive(DriveAddress(controller: index / 2, unit: index % 2))
        default: break
        }
    }

    package static func bus(of name: String, isFloppy: Bool) -> String {
        if isFloppy { return "fdc" }
        let buses = [("nvme", "nvme"), ("hd", "ide"), ("sd", "scsi"), ("vd", "virtio"), ("xvd", "xen"), ("ubd", "uml")]
        return buses.first { name.hasPrefix($0.0) }?.1 ?? "ide"
    }
}

package import BerthTopology

/// One thing that has to be set in a guest, as it is configured, for a plan to hold.
package enum GuestSetting: Hashable, Sendable {
    /// Of the IGD's vfio-pci device.
    case property(Property)
    case rom(IGDAssignment.ROM)
    case moveIGD(from: Slot, to: Slot)
    case add(Device)
    case remove(Device)
    case move(Device, from: Slot)
    /// Of a device that is there, with what it is to be.
    case change(Device)
    case bar(AddedBAR)
    case file(FirmwareFile)
    case removeFile(FirmwareFile)

    /// What leads from one guest to another, in the order in which somebody would go about it.
    static func needed(from old: GuestTopology, to new: GuestTopology) -> [GuestSetting] {
        var settings: [GuestSetting] = []
        let known = Dictionary(old.devices.map { ($0.id, $0) }) { first, _ in first }
        let kept = Set(new.devices.map(\.id))
        for device in old.devices where !kept.contains(device.id) { settings.append(.remove(device)) }
        for device in new.devices {
            guard let before = known[device.id] else { continue }
            if before.slot != device.slot { settings.append(.move(device, from: before.slot)) }
            var moved = before
            moved.slot = device.slot
            // Where an input has it is no setting: a Proxmox VM's file has other lines once something in it moved.
            moved.location = device.location
            // Libvirt numbers a root port by its place.
            if before.slot != device.slot { moved.properties = moved.properties(numberedAs: device) }
            if moved != device { settings.append(.change(device)) }
        }
        if let igd = new.igd {
            if let before = old.igd, before.slot != igd.slot {
                settings.append(.moveIGD(from: before.slot, to: igd.slot))
            }
            if old.igd?.rom != igd.rom { settings.append(.rom(igd.rom)) }
            let before = Set(old.igd?.properties ?? [])
            settings += igd.properties.filter { !before.contains($0) }.map(GuestSetting.property)
        }
        for device in new.devices where known[device.id] == nil { settings.append(.add(device)) }
        settings += new.addedBARs.filter { !old.addedBARs.contains($0) }.map(GuestSetting.bar)
        settings += new.firmwareFiles.filter { !old.firmwareFiles.contains($0) }.map(GuestSetting.file)
        settings += old.firmwareFiles.filter { !new.firmwareFiles.contains($0) }.map(GuestSetting.removeFile)
        return settings
    }
}

extension GuestSetting {
    /// Whether it makes room, and is of a device that is not the IGD.
    package var isOfAnotherDevice: Bool {
        switch self {
        case .remove, .move, .change: true
        default: false
        }
    }
}

extension Device {
    fileprivate func properties(numberedAs other: Device) -> [Property] {
        properties.map { property in
            property.name == "port" ? other.properties.first { $0.name == "port" } ?? property : property
        }
    }
}

import BerthDiagnostics

/// Controllers that devices need and nobody wrote.
///
/// Source: `virDomainDefAddImplicitControllers` in src/conf/domain_conf.c, `virDomainAssignControllerIndexes` in
/// src/conf/domain_postparse.c @ 9.0.0.
extension DomainDefaults {
    /// More drives than a guest can have; an index beyond it is not followed.
    private static let highestIndex = 4096

    /// The lowest free index of its type; companions of USB 2 take that of the set before them.
    mutating func numberControllers() {
        var taken: [String: Set<Int>] = [:]
        for controller in domain[.controller] {
            if let index = controller.index { taken[controller.type, default: []].insert(index) }
        }
        for position in domain[.controller].indices where domain[.controller][position].index == nil {
            let controller = domain[.controller][position]
            var index: Int?
            if controller.isUSB2, position > 0,
                let previous = domain[.controller][..<position].last(where: { $0.type == "usb" }), previous.isUSB2,
                !domain[.controller].contains(where: {
                    $0.type == "usb" && $0.index == previous.index && $0.model == controller.model
                })
            {
                index = previous.index
            }
            let free = index ?? (0...).first { !taken[controller.type, default: []].contains($0) } ?? 0
            taken[controller.type, default: []].insert(free)
            domain.update(DeviceReference(kind: .controller, index: position)) { $0.index = free }
        }
    }

    mutating func addDriveControllers() {
        for (type, bus) in [("scsi", "scsi"), ("fdc", "fdc"), ("ide", "ide"), ("sata", "sata"), ("nvme", "nvme")] {
            let numbers = domain[.disk].compactMap { disk -> Int? in
                disk.type == bus ? disk.address.drive?.controller : nil
            }
            addControllers(type, upTo: numbers.max())
        }
    }

    mutating func addSerialControllers() {
        for kind in [DomainDevice.Kind.channel, .console] {
            for device in domain[kind] where device.type == "virtio" {
                var index = 0
                if case .virtioSerial(let controller, _, _) = device.address { index = controller }
                addController("virtio-serial", index)
            }
        }
    }

    mutating func addSmartcardControllers() {
        for device in domain[.smartcard] {
            if case .ccid(let controller, _) = device.address {
                addController("ccid", controller)
            } else if device.address == .none {
                addController("ccid", 0)
            }
        }
    }

    /// SCSI host devices have a controller as soon as they are read; those that come later take its model.
    mutating func nameHostSCSIControllers() {
        var highest: Int?
        var model = ""
        for device in domain[.hostdev] where device.type == "scsi" {
            let number = device.address.drive?.controller ?? 0
            guard number > highest ?? -1 else { continue }
            highest = number
            if let existing = controller("scsi", number), !existing.model.isEmpty { model = existing.model }
        }
        addControllers("scsi", upTo: highest, model: model)
    }

    private mutating func addControllers(_ type: String, upTo highest: Int?, model: String = "") {
        guard let highest, highest >= 0 else { return }
        guard highest <= Self.highestIndex else {
            return refuse(
                "a drive's address names \(type) controller \(highest); expected at most \(Self.highestIndex)",
                .driveController, nil)
        }
        for index in 0...highest { addController(type, index, model: model) }
    }

    /// A place for each SCSI host device without one: the first free unit.
    ///
    /// Source: `virDomainHostdevAssignAddress` in src/conf/domain_postparse.c @ 9.0.0.
    mutating func completeHostSCSI() {
        var used: Set<DeviceAddress> = []
        for device in domain[.disk] where device.type == "scsi" { used.insert(device.address) }
        for device in domain[.hostdev] where device.type == "scsi" { used.insert(device.address) }
        for index in domain[.hostdev].indices
        where domain[.hostdev][index].type == "scsi" && domain[.hostdev][index].address == .none {
            var number = 0
            let units = Array(0..<7)
            func address(_ unit: Int) -> DeviceAddress { .drive(DriveAddress(controller: number, unit: unit)) }
            while !units.contains(where: { !used.contains(address($0)) }) { number += 1 }
            guard let unit = units.first(where: { !used.contains(address($0)) }) else { continue }
            used.insert(address(unit))
            domain.update(DeviceReference(kind: .hostdev, index: index)) { $0.address = address(unit) }
        }
    }
}

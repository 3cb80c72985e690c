import BerthPCI
import BerthStack

/// Where an IGD belongs in a guest, and who has to leave for it.
///
/// Drivers and firmware look for the device at 00:02.0 and for its LPC bridge at 00:1f.0 (SeaBIOS `intel_igd_setup`, QEMU
/// `vfio_probe_igd_bar4_quirk`, i915 `intel_pch_type`).
package enum RoomForIGD {
    /// Its slot of the root bus; the function is 0.
    package static let slot: UInt8 = 2
    /// That of its LPC bridge, which QEMU makes on a pc; q35 has one of its own there.
    package static let bridgeSlot: UInt8 = 0x1f
    /// Slots of the root bus for what has to leave, the lowest last; `taken` are not among them.
    package static func free(_ taken: Set<UInt8>) -> [UInt8] {
        ((slot + 1)..<bridgeSlot).filter { !taken.contains($0) }.reversed()
    }
}

/// The guest with its IGD where it belongs, and with no setting that QEMU refuses. Whatever makes room is part of a plan.
extension GuestTopology {
    /// Whether somebody looks where the IGD is: not without a monitor, Windows' driver aside.
    package var wantsIGDInItsPlace: Bool { use != .render || guest.isWindows }

    /// As far as it can be made so: without a free slot for what has to leave, everything stays where it is.
    package var withRoomForIGD: GuestTopology {
        guard igd != nil, sharedGraphics == nil else { return self }
        var room = self
        if wantsIGDInItsPlace { room.moveIGDToItsPlace() }
        room.takeBackRefusedSettings()
        return room
    }

    /// Whether a function has to move for it.
    package var movesForIGD: Bool {
        let room = withRoomForIGD
        return room.igd?.slot != igd?.slot || room.devices.map(\.slot) != devices.map(\.slot)
    }

    // MARK: Places

    private mutating func moveIGDToItsPlace() {
        guard let old = igd?.slot else { return }
        let place = rootSlot(RoomForIGD.slot)
        var room = self
        let (tree, _) = resolve()
        var free = RoomForIGD.free(Set(tree.buses[0].functions.map { tree.functions[$0].devfn >> 3 }))
        // One function beside another is what the user wanted; two in one place QEMU refuses.
        let isThere = old == place
        let tenants = room.devices.indices.filter {
            let slot = room.devices[$0].slot
            return isThere ? slot == place : slot.bus == place.bus && slot.device == place.device
        }
        guard room.vacate(tenants, &free) else { return }
        if machine.type == .pc {
            let bridge = room.devices.indices.filter {
                let device = room.devices[$0]
                return device.slot.bus == rootBus && device.slot.device == RoomForIGD.bridgeSlot
                    && device.model != "vfio-pci-igd-lpc-bridge"
            }
            guard room.vacate(bridge, &free) else { return }
        }
        room.igd?.slot = place
        self = room
    }

    /// Moves devices of one slot to another, each keeping its function. False without a slot.
    private mutating func vacate(_ tenants: [Int], _ free: inout [UInt8]) -> Bool {
        guard !tenants.isEmpty else { return true }
        guard let slot = free.popLast() else { return false }
        for index in tenants {
            devices[index].slot.devfn = slot << 3 | devices[index].slot.function
        }
        return true
    }

    // MARK: Settings

    /// Each at most once: what QEMU refuses next is another.
    private mutating func takeBackRefusedSettings() {
        for _ in 0..<5 {
            guard let failure = IGDInQEMU(self)?.startFailure else { return }
            let before = self
            takeBack(failure)
            if self == before { return }
        }
    }

    private mutating func takeBack(_ failure: IGDRefusal) {
        let isLegacyForced = qemu.switchesLegacyMode && igd?[property: "x-igd-legacy-mode"]?.description == "on"
        switch failure.cause {
        case .lpcSlotTaken where igd?.isOn("x-igd-lpc") == true && machine.type == .q35:
            igd?.set("x-igd-lpc", .bool(false))
        // 0 is the default, and leaves the host's size.
        case .sizeProperty: igd?.set("x-igd-gms", .number(0))
        case .noOpRegion: igd?.set("x-igd-opregion", .bool(false))
        case .duplicateFile where givesFirmwareFile(FirmwareFile.opRegion) && !isMakingSizeOnly:
            igd?.set("x-igd-opregion", .bool(false))
        // From 10.0 on nothing keeps QEMU from making its own.
        case .duplicateFile: firmwareFiles.removeAll { $0.name == FirmwareFile.stolenMemorySize }
        case .lpcSlotTaken, .unknownDevice, .noROM, .wrongPlace:
            if isLegacyForced { igd?.set("x-igd-legacy-mode", .text("auto")) }
        }
    }

    private var isMakingSizeOnly: Bool { IGDInQEMU(self)?.opRegionFile == nil }
}

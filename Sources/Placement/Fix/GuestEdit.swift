package import BerthPCI
package import BerthStack
package import BerthTopology

/// One change that whoever configures the guest can make.
package enum GuestEdit: Hashable, Sendable {
    /// A device of the root bus, to an empty slot there.
    case move(device: String, from: Slot, to: Slot)
    case moveIGD(from: Slot, to: Slot)
    case rom(IGDAssignment.ROM)
    /// Another size of stolen memory, with the code for it.
    case stolenMemory(ByteCount, instead: ByteCount, gms: UInt8)
    case maxRAMBelow4GiB(ByteCount)
    /// A fw_cfg file that keeps 64-bit BARs below 4 GiB.
    case firmwareFile(name: String, text: String)
    case ram(ByteCount, instead: ByteCount)
    case qemu(QEMURelease, instead: QEMURelease)
    case firmware(FirmwareChoice, instead: FirmwareChoice)
    case remove(device: String)
    case machine(MachineType, instead: MachineType)
    case guest(GuestOS, instead: GuestOS)

    /// What kinds of change there are, the smallest first. docs/strategies.md says why.
    package enum Kind: Int, Hashable, Sendable, CaseIterable, Comparable {
        case slot, igdSlot, rom, stolenMemory, maxRAM, ram, qemu, firmware, removal, machine, guest, firmwareFile

        package static func < (a: Kind, b: Kind) -> Bool { a.rawValue < b.rawValue }

        /// Hundreds, so that the steps within a kind do not reach the next one.
        var cost: Int {
            switch self {
            case .igdSlot: Kind.slot.cost
            // The guest has all that it asked for, and one file more.
            case .firmwareFile: Kind.rom.cost + 50
            default: 100 * (rawValue + 1)
            }
        }

        /// Kinds that mean something together only: a slot is left to the IGD, a ROM fits a firmware, a release or a
        /// machine.
        static let companions: [Set<Kind>] = [
            [.slot, .igdSlot], [.igdSlot, .removal], [.igdSlot, .machine], [.igdSlot, .qemu], [.igdSlot, .rom],
            [.rom, .firmware], [.rom, .qemu], [.rom, .machine], [.qemu, .machine], [.firmware, .machine],
            [.firmware, .qemu], [.stolenMemory, .maxRAM], [.stolenMemory, .ram], [.slot, .machine],
            [.rom, .guest], [.qemu, .guest], [.firmware, .guest],
        ]
    }

    package var kind: Kind {
        switch self {
        case .move: .slot
        case .moveIGD: .igdSlot
        case .rom: .rom
        case .stolenMemory: .stolenMemory
        case .maxRAMBelow4GiB: .maxRAM
        case .firmwareFile: .firmwareFile
        case .ram: .ram
        case .qemu: .qemu
        case .firmware: .firmware
        case .remove: .removal
        case .machine: .machine
        case .guest: .guest
        }
    }

    /// The guest with the change made.
    package func applied(to guest: GuestTopology) -> GuestTopology {
        var guest = guest
        switch self {
        case .move(let id, _, let slot):
            for index in guest.devices.indices where guest.devices[index].id == id { guest.devices[index].slot = slot }
        case .moveIGD(_, let slot): guest.igd?.slot = slot
        case .rom(let rom): guest.igd?.rom = rom
        case .stolenMemory(let size, _, let gms):
            guest.igd?.stolenMemory = size
            guest.igd?.set("x-igd-gms", .number(UInt64(gms)))
        case .maxRAMBelow4GiB(let size): guest.machine.maxRAMBelow4GiB = size
        case .firmwareFile(let name, let text):
            guest.firmwareFiles.removeAll { $0.name == name }
            guest.firmwareFiles.append(FirmwareFile(name, .text(text)))
        case .ram(let size, _): guest.ram.size = size
        case .qemu(let version, _): guest.qemu = version
        case .firmware(let choice, _): guest.firmware = choice
        case .remove(let id): guest.devices.removeAll { $0.id == id }
        case .machine(let type, _): guest.setMachine(type)
        case .guest(let os, _): guest.guest = os
        }
        return guest
    }
}

extension GuestTopology {
    /// The other board: everything on the old root bus is on the new one, at the same slot.
    fileprivate mutating func setMachine(_ type: MachineType) {
        let old = rootBus
        machine.type = type
        let new = rootBus
        for index in devices.indices where devices[index].slot.bus == old { devices[index].slot.bus = new }
        for index in addedBARs.indices where addedBARs[index].slot.bus == old { addedBARs[index].slot.bus = new }
        if igd?.slot.bus == old { igd?.slot.bus = new }
    }
}

import BerthIGD
import BerthPCI
import BerthStack
package import BerthTopology

/// Every change that is tried on a guest, each with its cost.
///
/// Written out, so that a test can walk it: what is not here is not called smallest.
package struct EditSpace: Sendable {
    package struct Entry: Hashable, Sendable {
        package var edits: [GuestEdit]
        package var cost: Int
    }

    /// Single changes by cost, then pairs of companions by cost; equal costs in the order of devices and sizes.
    package let entries: [Entry]

    package init(_ guest: GuestTopology, _ igd: IGDAssignment, freeSlots: [UInt8]) {
        let maker = Maker(guest: guest, igd: igd, freeSlots: freeSlots)
        let single = Self.sorted(maker.all.map { Entry(edits: [$0.edit], cost: $0.edit.kind.cost + $0.step) })
        var pairs: [Entry] = []
        for (index, first) in single.enumerated() {
            for second in single[(index + 1)...] {
                let edits = first.edits + second.edits
                guard GuestEdit.Kind.companions.contains(Set(edits.map(\.kind))) else { continue }
                // A device that moves leaves its slot to the IGD only where the IGD is to be.
                if !Self.meet(edits) { continue }
                pairs.append(Entry(edits: edits, cost: first.cost + second.cost))
            }
        }
        entries = single + Self.sorted(pairs)
    }

    private static func sorted(_ entries: [Entry]) -> [Entry] {
        entries.enumerated().sorted { ($0.element.cost, $0.offset) < ($1.element.cost, $1.offset) }.map(\.element)
    }

    private static func meet(_ edits: [GuestEdit]) -> Bool {
        // On the other machine only what its own functions push away has to move.
        let machines = edits.compactMap { edit -> MachineType? in
            if case .machine(let type, _) = edit { type } else { nil }
        }
        let wanted = edits.compactMap { edit -> Slot? in if case .moveIGD(_, let slot) = edit { slot } else { nil } }
        let left = edits.compactMap { edit -> Slot? in if case .move(_, let slot, _) = edit { slot } else { nil } }
        if let machine = machines.first, let from = left.first { return from.device == (machine == .pc ? 1 : 0x1f) }
        guard let slot = wanted.first, let from = left.first else { return true }
        return slot == from
    }

    private struct Maker {
        let guest: GuestTopology
        let igd: IGDAssignment
        let freeSlots: [UInt8]

        /// Changes with their step within their kind.
        var all: [(edit: GuestEdit, step: Int)] {
            moves + roms + lowBARs + sizes + memory + releases + otherFirmware + [(otherMachine, 0)] + removals
                + systems
        }

        private var moves: [(edit: GuestEdit, step: Int)] {
            var all: [(edit: GuestEdit, step: Int)] = []
            let wanted = guest.rootSlot(2)
            if igd.slot != wanted { all.append((.moveIGD(from: igd.slot, to: wanted), 0)) }
            // Empty slots are alike: the lowest stands for all.
            guard let free = freeSlots.first.map({ guest.rootSlot($0) }) else { return all }
            for device in devices where device.slot.bus == guest.rootBus && !hasSiblings(device) {
                all.append((.move(device: device.id, from: device.slot, to: free), 1))
            }
            return all
        }

        /// In the order of their places, which does not depend on the order in the file.
        private var devices: [Device] { guest.devices.sorted { ($0.slot, $0.id) < ($1.slot, $1.id) } }

        /// Function 0 cannot leave alone.
        private func hasSiblings(_ device: Device) -> Bool {
            device.slot.function == 0
                && guest.devices.contains {
                    $0.slot.bus == device.slot.bus && $0.slot.device == device.slot.device && $0.slot != device.slot
                }
        }

        private var roms: [(edit: GuestEdit, step: Int)] {
            let path = igd.rom.path ?? "igd.rom"
            let kinds: [IGDAssignment.ROM] = [
                .none, .hostShadow, .file(path: path, contents: .vfioIgdPkg), .file(path: path, contents: .vbios),
                .file(path: path, contents: .hostBase),
            ]
            return kinds.enumerated().filter { $0.element != igd.rom }.map { (.rom($0.element), $0.offset) }
        }

        /// What the firmware listens to, where RAM or a wide processor has it go above 4 GiB.
        private var lowBARs: [(edit: GuestEdit, step: Int)] {
            guard case .file(let name, let text, _)? = guest.firmware.lowBARSetting, !guest.givesFirmwareFile(name)
            else { return [] }
            return [(.firmwareFile(name: name, text: text), 0)]
        }

        /// Halves of what is asked for, and the next larger size that has a code.
        private var sizes: [(edit: GuestEdit, step: Int)] {
            guard let encoding = igd.platform?.stolenEncoding, igd.stolenMemory > .zero else { return [] }
            let codes = (UInt8.min...encoding.gmsMask).filter(encoding.isValidGMS)
            let known = codes.compactMap { gms in encoding.size(gms: gms).map { (gms: gms, size: $0) } }
            let isPower = { (size: ByteCount) in size.rawValue & (size.rawValue &- 1) == 0 && size >= .mib(32) }
            let smaller = known.filter { $0.size < igd.stolenMemory && isPower($0.size) }.sorted { $0.size > $1.size }
            let larger = known.filter { $0.size > igd.stolenMemory }.min { ($0.size, $0.gms) < ($1.size, $1.gms) }
            var steps = smaller
            // A size without a code has to become one that has.
            if encoding.gms(for: igd.stolenMemory) == nil, let larger { steps.insert(larger, at: 0) }
            return steps.enumerated().map { step, row in
                (.stolenMemory(row.size, instead: igd.stolenMemory, gms: row.gms), step)
            }
        }

        private var memory: [(edit: GuestEdit, step: Int)] {
            let low = guest.ramLayout.below4GiB
            let limits = [ByteCount.gib(3), .gib(2), .gib(1)].filter { $0 < low && $0 < guest.ram.size }
            let sizes = [ByteCount.gib(2), .gib(4)].filter { $0 > guest.ram.size }
            return limits.enumerated().map { (.maxRAMBelow4GiB($0.element), $0.offset) }
                + sizes.enumerated().map { (.ram($0.element, instead: guest.ram.size), $0.offset) }
        }

        /// Later releases, the nearest first, then earlier ones.
        private var releases: [(edit: GuestEdit, step: Int)] {
            let known = QEMURelease.oneOfEachEra
            let all = known.filter { $0 > guest.qemu } + known.reversed().filter { $0 < guest.qemu }
            return all.enumerated().map { (.qemu($0.element, instead: guest.qemu), $0.offset) }
        }

        private var otherFirmware: [(edit: GuestEdit, step: Int)] {
            // Windows 11 starts under UEFI only.
            let kinds = guest.firmwareKind.others.filter { guest.guest != .windows(11) || $0.isUEFI }
            return kinds.enumerated().map { step, kind in
                (.firmware(FirmwareChoice(kind, of: guest.stack), instead: guest.firmware), step)
            }
        }

        private var otherMachine: GuestEdit {
            .machine(guest.machine.type == .pc ? .q35 : .pc, instead: guest.machine.type)
        }

        /// Devices with nothing below them. Of those that are alike on one bus, the first stands for all; slots that mean
        /// something to QEMU or the firmware are like no other.
        private var removals: [(edit: GuestEdit, step: Int)] {
            let buses = Set(guest.devices.map(\.slot.bus.rawValue))
            let occupied = Dictionary(grouping: guest.devices, by: { [$0.slot.bus.rawValue, "\($0.slot.device)"] })
            var seen: Set<Device> = []
            return devices.filter { device in
                guard !buses.contains(device.id) else { return false }
                let siblings = occupied[[device.slot.bus.rawValue, "\(device.slot.device)"]]?.count ?? 1
                guard device.slot.function != 0 || siblings == 1 else { return false }
                var bare = device
                bare.id = ""
                bare.location = nil
                let isSpecial = device.slot.bus == guest.rootBus && [1, 2, 0x1f].contains(device.slot.device)
                if !isSpecial { bare.slot = Slot(device.slot.bus, devfn: 0xf8 | device.slot.function) }
                return seen.insert(bare).inserted
            }.map { (.remove(device: $0.id), 0) }
        }

        /// One of each kind that behaves differently, Linux first.
        private var systems: [(edit: GuestEdit, step: Int)] {
            let all: [GuestOS] = [.linux(.init(6, 1)), .linux(.init(6, 14)), .windows(11)]
            return all.filter { other in
                switch (other, guest.guest) {
                case (.linux(let a), .linux(let b)): a.batchesSizing != b.batchesSizing
                case (.windows, .windows): false
                default: true
                }
            }.enumerated().map { (.guest($0.element, instead: guest.guest), $0.offset) }
        }
    }
}

import BerthPCI
package import BerthStack
package import BerthTopology

/// SeaBIOS: the biggest BARs at the lowest addresses of a block that hangs from the top of the hole;
/// above 4 GiB only what is 64 bits wide, and only when the hole overflowed.
package struct SeaBIOS: FirmwareModel, TimedFirmware {
    package let release: SeaBIOSRelease

    package init(_ release: SeaBIOSRelease = Stack.standard.seabios) { self.release = release }

    package init?(_ choice: FirmwareChoice) {
        guard let release = choice.release as? SeaBIOSRelease else { return nil }
        self.release = release
    }

    package var choice: FirmwareChoice { .seabios(release) }

    package var sources: [String] {
        [
            "SeaBIOS 1.16.2 src/fw/pciinit.c pci_setup, pci_bios_check_devices, pci_bios_map_devices",
            "SeaBIOS 1.16.2 src/fw/pciinit.c intel_igd_setup; src/malloc.c malloc_preinit",
            "recorded runs of QEMU 7.2.22 with SeaBIOS 1.16.2, 10.0.13 with 1.16.3, 11.1.3 with 1.17.0",
        ]
    }

    package func boot(_ topology: GuestTopology, _ tree: PCITree) -> FirmwareOutcome {
        let numbering = BusNumbering(tree)
        if numbering.isEndless {
            return .halt(SeaBIOSRelease.endlessNumbering, buses: tree.buses.count, functions: tree.functions.count)
        }
        let policy = HighWindowPolicy(topology, release)
        let sizing = ResourceSizing(tree: tree, routing: numbering.routing, policy: policy)
        var root = sizing.lists[0]
        let placement: RootPlacement
        do {
            placement = try RootPlacement(&root, topology: topology, policy: policy)
        } catch {
            return .halt(error.message, buses: tree.buses.count, functions: tree.functions.count)
        }
        var mapping = Mapping(tree: tree, sizing: sizing, root: root, numbering: numbering)
        mapping.run(placement)
        // In place: a copy of a segment's outcome takes longer than the mapping.
        ChipsetHooks.apply(to: &mapping.outcome, tree)
        var outcome = mapping.outcome
        let memory = SeaBIOSMemory(
            topology, tree, release: release, order: sizing.functions.map(\.index), addresses: outcome.functions)
        outcome.registers = memory.registers
        outcome.memoryMap = memory.map
        outcome.otherMemoryMaps = memory.otherMaps
        outcome.apertures.io = PortRange(
            first: PortAddress(placement.io == 0x1000 ? 0x1000 : 0xc000),
            last: PortAddress(placement.io == 0x1000 ? RootPlacement.portEnd(topology.machine.type) - 1 : 0xffff))
        outcome.apertures.below4GiB = GuestRange(
            first: GuestPhysicalAddress(PCIHole.start(topology)),
            last: GuestPhysicalAddress(PCIHole.end - 1))
        outcome.apertures.above4GiB = placement.high.flatMap {
            GuestRange(first: GuestPhysicalAddress($0.window.first), last: GuestPhysicalAddress($0.window.last))
        }
        return WriterRun.after(outcome, topology, tree, in: RoomBelowPlaced(topology: topology, tree: tree)) {
            SeaBIOSDecode(tree, $0).startedROMs(topology)
        }
    }
}

extension SeaBIOS {
    func decode(_ tree: PCITree, _ outcome: FirmwareOutcome) -> any FirmwareDecode { SeaBIOSDecode(tree, outcome) }
}

/// Hands out addresses, ascending in list order, parents before children.
///
/// Source: `pci_region_map_entries`, `pci_region_map_one_entry` in src/fw/pciinit.c @ SeaBIOS 1.16.2.
private struct Mapping {
    let tree: PCITree
    let sizing: ResourceSizing
    let root: ResourceLists
    var outcome: FirmwareOutcome
    private var bases = Array(repeating: Bases(), count: 256)

    /// Where the lists of a bus begin; 0 for what has no window.
    private struct Bases { var io: UInt64 = 0, memory: UInt64 = 0, prefetchable: UInt64 = 0 }

    init(tree: PCITree, sizing: ResourceSizing, root: ResourceLists, numbering: BusNumbering) {
        let routing = numbering.routing
        self.tree = tree
        self.sizing = sizing
        self.root = root
        outcome = FirmwareOutcome(buses: tree.buses.count, functions: tree.functions.count)
        for (number, bus) in sizing.routes where outcome.busNumbers[bus] == nil { outcome.busNumbers[bus] = number }
        for index in numbering.bridges {
            var bridge = BridgeOutcome.reset(tree.functions[index])
            bridge.secondary = routing.secondary[index]
            bridge.subordinate = routing.subordinate[index]
            outcome.functions[index].bridge = bridge
        }
    }

    mutating func run(_ placement: RootPlacement) {
        if let high = placement.high {
            map(high.memoryEntries, kind: .memory, from: high.memory)
            map(high.prefetchableEntries, kind: .prefetchableMemory, from: high.prefetchable)
        }
        bases[0] = Bases(io: placement.io, memory: placement.memory, prefetchable: placement.prefetchable)
        for bus in 0..<256 where bus == 0 || sizing.bridges[bus] != nil {
            let lists = bus == 0 ? root : sizing.lists[bus]
            map(lists.io, kind: .io, from: bases[bus].io)
            map(lists.memory, kind: .memory, from: bases[bus].memory)
            map(lists.prefetchable, kind: .prefetchableMemory, from: bases[bus].prefetchable)
        }
    }

    private mutating func map(_ entries: [ResourceEntry], kind: BridgeWindow.Kind, from base: UInt64) {
        var address = base
        for entry in entries {
            switch entry.owner {
            case .bar(let function, .rom): outcome.functions[function].romReservation = entry.kept(of: address)
            case .bar(let function, let index): outcome.functions[function].addresses[index] = entry.kept(of: address)
            case .window(let secondary): open(kind, at: address, size: entry.size, secondary: secondary)
            }
            address &+= entry.size
        }
    }

    private mutating func open(_ kind: BridgeWindow.Kind, at address: UInt64, size: UInt64, secondary: UInt8) {
        switch kind {
        case .io: bases[Int(secondary)].io = address
        case .memory: bases[Int(secondary)].memory = address
        case .prefetchableMemory: bases[Int(secondary)].prefetchable = address
        }
        guard let bridge = sizing.bridges[Int(secondary)] else { return }
        let window = BridgeWindow.readBack(kind, first: address, last: address &+ size &- 1)
        outcome.set(window, of: bridge, in: tree)
    }
}

/// Fixed addresses that SeaBIOS writes over what it allocated.
///
/// Source: `pci_device_tbl` in src/fw/pciinit.c @ SeaBIOS 1.16.2.
private enum ChipsetHooks {
    static func apply(to outcome: inout FirmwareOutcome, _ tree: PCITree) {
        let legacyPorts: [UInt64] = [0x1f0, 0x3f4, 0x170, 0x374]
        for index in tree.functions.indices {
            let (vendor, device) = (tree.functions[index].vendor, tree.functions[index].device)
            if vendor == 0x8086, device == 0x2930, outcome.functions[index].addresses[.bar(4)] != nil {
                outcome.functions[index].addresses[.bar(4)] = 0x700
            }
            guard tree.functions[index].classCode.baseAndSub == 0x0101 else { continue }
            // PIIX keeps its ports outside its BARs.
            if vendor == 0x8086, device == 0x7010 || device == 0x7111 { continue }
            for (number, port) in legacyPorts.enumerated() where outcome.functions[index].addresses[.bar(number)] != nil
            {
                outcome.functions[index].addresses[.bar(number)] = port
            }
        }
    }
}

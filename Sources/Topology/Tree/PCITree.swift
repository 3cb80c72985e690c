import BerthPCI

/// A bus before it has a number.
package struct PCIBus: Hashable, Sendable {
    package enum Parent: Hashable, Sendable {
        /// A host bridge; the number of an expander's root bus is fixed by its `bus_nr`.
        case root(number: UInt8)
        /// Index of the bridge function in `PCITree.functions`.
        case bridge(Int)
    }

    package var name: BusName
    package var parent: Parent
    package var isExpress: Bool
    /// Indices into `PCITree.functions`, by device and function.
    package var functions: [Int]

    package var isRoot: Bool { if case .root = parent { true } else { false } }
}

/// The PCI functions of a guest and how they hang together.
package struct PCITree: Hashable, Sendable {
    /// Bus 0 first, then in the order in which devices bring them.
    package internal(set) var buses: [PCIBus]
    /// The machine's first, then in the order of the devices.
    package internal(set) var functions: [PCIFunction]

    /// Functions of a bus that configuration reads find: function 0 has to be there, and 1 to 7 only
    /// count if it is multifunction (PCI 3.0 §3.2.2.3.4; SeaBIOS `pci_next`, PciBusDxe `PciScanBus`,
    /// Linux `pci_scan_slot`).
    ///
    /// A function with vendor 0 is absent for SeaBIOS and Linux; PciBusDxe only knows 0xffff (`PciDevicePresent`).
    package func visible(on bus: Int, includingVendorZero: Bool = false) -> [Int] {
        visible(on: bus, behindPort: hasOnlySlotZero(bus), includingVendorZero: includingVendorZero)
    }

    /// The same for somebody who takes the bus for one behind a port, or not.
    package func visible(on bus: Int, behindPort isPort: Bool, includingVendorZero: Bool = false) -> [Int] {
        var seen: [Int] = []
        var open = (device: UInt8.max, multifunction: false)
        for index in buses[bus].functions {
            // Each by itself: a copy of the function costs more than all that is asked of it.
            let devfn = functions[index].devfn
            if isPort && devfn >> 3 != 0 { continue }
            if functions[index].isAbsent, !(includingVendorZero && functions[index].vendor == 0) { continue }
            if devfn & 7 == 0 {
                open = (devfn >> 3, functions[index].isMultifunction)
                seen.append(index)
            } else if open.device == devfn >> 3, open.multifunction {
                seen.append(index)
            }
        }
        return seen
    }

    /// Whether the bus is the link below a root or downstream port, which has one device (recorded run
    /// port-slot-1; PCI Express Base §7.3.1).
    package func hasOnlySlotZero(_ bus: Int) -> Bool {
        guard case .bridge(let parent) = buses[bus].parent else { return false }
        return functions[parent].portType == .rootPort || functions[parent].portType == .downstreamPort
    }

    /// Bus indices of the root buses, by number.
    package var roots: [Int] {
        buses.indices.compactMap { index -> (Int, UInt8)? in
            if case .root(let number) = buses[index].parent { (index, number) } else { nil }
        }.sorted { $0.1 < $1.1 }.map(\.0)
    }

    /// The same guest while some functions are not there; indices stay what they are.
    package func without(_ functions: Set<Int>) -> PCITree {
        guard !functions.isEmpty else { return self }
        var copy = self
        for bus in copy.buses.indices { copy.buses[bus].functions.removeAll(where: functions.contains) }
        return copy
    }

    /// The same functions as somebody takes them to hang together who found others behind a bridge than there are.
    ///
    /// `buses` are the functions by bus; a bus that is not there has none. Functions of `leaves` are no bridges.
    package func rewired(_ buses: [Int: [Int]], leaves: Set<Int>) -> PCITree {
        var copy = self
        for bus in copy.buses.indices {
            copy.buses[bus].functions = buses[bus] ?? []
            for index in copy.buses[bus].functions { copy.functions[index].bus = bus }
        }
        for index in leaves { copy.functions[index].bridge = nil }
        return copy
    }

    package func slot(of function: PCIFunction) -> Slot { Slot(buses[function.bus].name, devfn: function.devfn) }

    package func index(at slot: Slot) -> Int? {
        functions.firstIndex { $0.devfn == slot.devfn && buses[$0.bus].name == slot.bus }
    }

    /// `00:02.0` on a root bus, `rp1:00.0` below a bridge, whose number is not known before firmware ran.
    package func place(of function: PCIFunction) -> String {
        let bus = buses[function.bus]
        if case .root(let number) = bus.parent { return PCIAddress(bus: number, devfn: function.devfn).short }
        return Slot(bus.name, devfn: function.devfn).description
    }
}

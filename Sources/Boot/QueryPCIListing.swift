import BerthPCI
import BerthTopology

/// Which functions QMP `query-pci` lists, and how often: it looks behind a bridge by its secondary bus number,
/// so with numbers that occur twice it can find another bridge's bus.
///
/// Source: `qmp_query_pci`, `qmp_query_pci_bridge` in hw/pci/pci-qmp-cmds.c, `pci_host_bus_register` in
/// hw/pci/pci.c @ QEMU 7.2.
struct QueryPCIListing {
    struct Place {
        var bus: UInt8
        /// Of the function.
        var index: Int
    }

    private let tree: PCITree
    private var routing: ConfigurationRouting
    private var places: [Place] = []
    /// Buses that are being listed: a bridge that leads back would not end.
    private var open: Set<Int> = []

    init(_ outcome: FirmwareOutcome, _ tree: PCITree) {
        self.tree = tree
        routing = ConfigurationRouting(tree)
        for index in tree.functions.indices {
            guard let bridge = outcome.functions[index].bridge else { continue }
            routing.secondary[index] = bridge.secondary
            routing.subordinate[index] = bridge.subordinate
        }
    }

    /// By bus, slot and function; what is behind a bridge before the bridge where they are the same.
    mutating func list() -> [Place] {
        // The host bridge made last comes first.
        for bus in tree.buses.indices.reversed() where tree.buses[bus].isRoot { visit(bus, routing.number(of: bus)) }
        let functions = tree.functions
        let key = { (place: Place) in (place.bus, functions[place.index].devfn) }
        return places.enumerated().sorted {
            let (a, b) = (key($0.element), key($1.element))
            return a == b ? $0.offset < $1.offset : a < b
        }.map(\.element)
    }

    private mutating func visit(_ bus: Int, _ number: UInt8) {
        guard open.insert(bus).inserted else { return }
        for index in tree.buses[bus].functions {
            let secondary = routing.secondary[index]
            if tree.functions[index].bridge != nil, secondary != 0, let below = routing.bus(secondary, from: bus) {
                visit(below, secondary)
            }
            places.append(Place(bus: number, index: index))
        }
        open.remove(bus)
    }
}

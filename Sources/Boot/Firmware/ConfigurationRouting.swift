import BerthPCI
import BerthTopology

/// Bus numbers as the bridges' registers hold them, and where a configuration access with a given bus
/// number ends up. Needed because firmware can hand out the same number twice.
///
/// Source: `pci_find_bus_nr`, `pci_secondary_bus_in_range`, `pci_root_bus_in_range` in hw/pci/pci.c @ QEMU 7.2.
struct ConfigurationRouting {
    let tree: PCITree
    /// By index of the function; only bridges have an entry that matters.
    var secondary: [UInt8]
    var subordinate: [UInt8]
    /// Child buses of a bus, latest first: QEMU inserts at the head.
    private let children: [[Int]]

    init(_ tree: PCITree) {
        self.tree = tree
        secondary = Array(repeating: 0, count: tree.functions.count)
        subordinate = secondary
        var children: [[Int]] = Array(repeating: [], count: tree.buses.count)
        for (index, bus) in tree.buses.enumerated().reversed() {
            switch bus.parent {
            case .root(let number): if number != 0 { children[0].append(index) }
            case .bridge(let function): children[tree.functions[function].bus].append(index)
            }
        }
        self.children = children
    }

    func number(of bus: Int) -> UInt8 {
        switch tree.buses[bus].parent {
        case .root(let number): number
        case .bridge(let function): secondary[function]
        }
    }

    /// Every number that leads to a bus, ascending.
    var routes: [(number: UInt8, bus: Int)] {
        var isNumber = Array(repeating: false, count: 256)
        for bus in tree.buses.indices { isNumber[Int(number(of: bus))] = true }
        return (UInt8.min...UInt8.max).compactMap { number in
            isNumber[Int(number)] ? bus(number).map { (number, $0) } : nil
        }
    }

    private func forwards(_ function: Int, _ number: UInt8) -> Bool {
        secondary[function] <= number && number <= subordinate[function]
    }

    private func leads(_ bus: Int, to number: UInt8) -> Bool {
        switch tree.buses[bus].parent {
        case .bridge(let function): forwards(function, number)
        case .root:
            tree.buses[bus].functions.contains { tree.functions[$0].bridge != nil && forwards($0, number) }
        }
    }

    /// The bus that answers to a number, looked for from a bus downwards; nil if none does.
    func bus(_ number: UInt8, from start: Int = 0) -> Int? {
        var bus = start
        if number == self.number(of: start) { return start }
        if !tree.buses[start].isRoot, !leads(start, to: number) { return nil }
        while true {
            var next: Int?
            for child in children[bus] {
                if self.number(of: child) == number { return child }
                if leads(child, to: number) {
                    next = child
                    break
                }
            }
            guard let next else { return nil }
            bus = next
        }
    }
}

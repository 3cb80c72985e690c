import BerthPCI
import BerthTopology

/// SeaBIOS's bus numbers.
///
/// Source: `pci_bios_init_bus`, `pci_bios_init_bus_rec`, `pci_find_resource_reserve_capability` in
/// src/fw/pciinit.c @ SeaBIOS 1.16.2.
struct BusNumbering {
    private(set) var routing: ConfigurationRouting
    private var counter: UInt8 = 0
    private var depth = 0
    /// A reservation smaller than what was used takes the counter back, and a bridge can then get the number
    /// of its own bus: SeaBIOS scans that bus from inside itself until its stack is full, and hangs. Trees
    /// deeper than there are numbers cannot be built.
    private(set) var isEndless = false
    /// Bridges that were given a number, whether or not it leads to them in the end.
    private(set) var bridges: Set<Int> = []

    init(_ tree: PCITree) {
        routing = ConfigurationRouting(tree)
        scan(0)
        if tree.buses.dropFirst().contains(where: \.isRoot) {
            while counter < 0xff {
                counter += 1
                scan(counter)
            }
        }
    }

    private mutating func scan(_ number: UInt8) {
        if depth >= 256 { isEndless = true }
        guard !isEndless, let bus = routing.bus(number) else { return }
        depth += 1
        defer { depth -= 1 }
        let bridges = routing.tree.visible(on: bus).filter { routing.tree.functions[$0].bridge != nil }
        for bridge in bridges {
            self.bridges.insert(bridge)
            routing.secondary[bridge] = 255
            routing.subordinate[bridge] = 0
        }
        for bridge in bridges {
            let old = routing.subordinate[bridge]
            counter &+= 1
            let secondary = counter
            routing.secondary[bridge] = secondary
            routing.subordinate[bridge] = 255
            scan(secondary)
            guard old != counter else {
                routing.subordinate[bridge] = counter
                continue
            }
            var subordinate = counter
            if let reserve = Self.reservation(of: routing.tree.functions[bridge])?.buses {
                var extra = UInt8(truncatingIfNeeded: reserve)
                let sum = extra &+ secondary
                if sum < secondary || sum < extra { extra = 0 }
                // Not the sum: the raw number, when the subtree already used as many. See docs/seabios.md.
                subordinate = extra
                if Int(secondary) + Int(extra) > Int(counter) { subordinate = secondary &+ extra }
            }
            routing.subordinate[bridge] = subordinate
            counter = subordinate
        }
    }

    /// SeaBIOS honours the capability of two device ids only.
    static func reservation(of function: PCIFunction) -> BridgeReservation? {
        guard function.vendor == 0x1b36, function.device == 0x000c || function.device == 0x0001 else { return nil }
        return function.bridge?.reservation
    }
}

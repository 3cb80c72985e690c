import BerthPCI
import BerthTopology

/// SeaBIOS's bus numbers.
///
/// It keeps nothing in mind: every access goes by bus number through what the bridges' registers hold at that moment. A
/// reservation that takes the count back hands numbers out again, and then a bus can answer in the middle of the scan of
/// another one.
///
/// Source: `pci_bios_init_bus`, `pci_bios_init_bus_rec`, `pci_find_resource_reserve_capability` in
/// src/fw/pciinit.c, `pci_next` in src/hw/pci.c @ SeaBIOS 1.16.2 to 1.17.0.
struct BusNumbering {
    private(set) var routing: ConfigurationRouting
    private var counter: UInt8 = 0
    private var depth = 0
    private var scans = 0
    /// A reservation smaller than what was used takes the counter back, and a bridge can then get the number
    /// of its own bus: SeaBIOS scans that bus from inside itself until its stack is full, and hangs. Trees
    /// deeper than there are numbers cannot be built. Behind an expander the search for root buses can be taken back, too,
    /// again and again.
    private(set) var isEndless = false
    /// More scans than any guest needs whose numbering ends.
    private static let patience = 0x1_0000
    /// Bridges that were given a number, whether or not it leads to them in the end.
    private(set) var bridges: Set<Int> = []

    init(_ tree: PCITree) {
        routing = ConfigurationRouting(tree)
        scan(0)
        if tree.buses.dropFirst().contains(where: \.isRoot) {
            while counter < 0xff, !isEndless {
                counter += 1
                scan(counter)
            }
        }
    }

    private mutating func scan(_ number: UInt8) {
        scans += 1
        if depth >= 256 || scans > Self.patience { isEndless = true }
        guard !isEndless, let bus = routing.bus(number) else { return }
        depth += 1
        defer { depth -= 1 }
        var walk = BusWalk(routing.tree, bus)
        for bridge in walk.rest where routing.tree.functions[bridge].bridge != nil {
            bridges.insert(bridge)
            routing.secondary[bridge] = 255
            routing.subordinate[bridge] = 0
        }
        while let function = walk.next() {
            guard routing.tree.functions[function].bridge != nil else { continue }
            bridges.insert(function)
            enter(function, on: number, &walk)
        }
    }

    /// One bridge and what is behind it. Afterwards another function may answer in its place.
    private mutating func enter(_ bridge: Int, on bus: UInt8, _ walk: inout BusWalk) {
        let old = routing.subordinate[bridge]
        counter &+= 1
        let secondary = counter
        routing.secondary[bridge] = secondary
        routing.subordinate[bridge] = 255
        scan(secondary)
        walk.move(to: routing.bus(bus))
        let answering = walk.last
        var subordinate = counter
        if old != counter, let reserve = answering.flatMap({ Self.reservation(of: routing.tree.functions[$0]) })?.buses
        {
            var extra = UInt8(truncatingIfNeeded: reserve)
            let sum = extra &+ secondary
            if sum < secondary || sum < extra { extra = 0 }
            // Not the sum: the raw number, when the subtree already used as many. See docs/seabios.md.
            subordinate = extra
            if Int(secondary) + Int(extra) > Int(counter) { subordinate = secondary &+ extra }
            counter = subordinate
        }
        if let answering { routing.subordinate[answering] = subordinate }
    }

    /// SeaBIOS honours the capability of two device ids only.
    static func reservation(of function: PCIFunction) -> BridgeReservation? {
        guard function.vendor == 0x1b36, function.device == 0x000c || function.device == 0x0001 else { return nil }
        return function.bridge?.reservation
    }
}

/// The functions that SeaBIOS meets on a bus number, one after the other, while the bus behind the number may change.
private struct BusWalk {
    private let tree: PCITree
    private var bus: Int?
    /// What is still to come, as long as the bus stays the same.
    private(set) var rest: ArraySlice<Int>
    private var devfn: UInt8 = 0

    init(_ tree: PCITree, _ bus: Int) {
        self.tree = tree
        self.bus = bus
        rest = tree.visible(on: bus)[...]
    }

    mutating func next() -> Int? {
        guard let function = rest.popFirst() else { return nil }
        devfn = tree.functions[function].devfn
        return function
    }

    /// What answers now where the last function was; nil for nothing.
    var last: Int? { bus.flatMap { bus in answering(on: bus).first { tree.functions[$0].devfn == devfn } } }

    /// Function 0 is asked again whether there are others, and nothing there answers yes.
    mutating func move(to other: Int?) {
        guard other != bus else { return }
        bus = other
        guard let other else {
            rest = []
            return
        }
        let device = devfn >> 3
        let isSingle = devfn & 7 == 0 && last.map { !tree.functions[$0].isMultifunction } ?? false
        let sameDevice = answering(on: other).filter {
            !isSingle && tree.functions[$0].devfn >> 3 == device && tree.functions[$0].devfn > devfn
        }
        rest = (sameDevice + tree.visible(on: other).filter { tree.functions[$0].devfn >> 3 > device })[...]
    }

    /// Whatever a read of its configuration space finds.
    private func answering(on bus: Int) -> [Int] {
        let isPort = tree.hasOnlySlotZero(bus)
        return tree.buses[bus].functions.filter {
            !tree.functions[$0].isAbsent && !(isPort && tree.functions[$0].devfn >> 3 != 0)
        }
    }
}

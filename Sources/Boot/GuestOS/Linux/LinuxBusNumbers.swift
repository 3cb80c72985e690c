import BerthPCI
import BerthTopology

/// The numbers that Linux gives to buses: the firmware's where they can be used, its own where they cannot.
///
/// A bridge whose numbers make no sense is skipped at first, and gets the next free number once all others
/// are known. What its number does not lead to stays unknown.
///
/// Source: drivers/pci/probe.c@Linux 6.1 `pci_scan_child_bus_extend`, `pci_scan_bridge_extend`, `pci_find_bus`;
/// arch/x86/pci/acpi.c `pci_acpi_scan_root`; hw/i386/acpi-build.c@QEMU 7.2 `build_dsdt`, `build_crs` for the
/// numbers a root bus may hand out.
struct LinuxBusNumbers {
    /// What Linux takes for one bus.
    private struct Bus {
        var number: Int
        var end: Int
        /// The index of the bus behind the bridge that Linux takes for the way to it, or of the root bus.
        var place: Int
        var functions: [Int] = []
    }

    private let tree: PCITree
    private var primary: [UInt8]
    private(set) var routing: ConfigurationRouting
    private var buses: [Bus] = []
    /// By index of the bus; nil for one that Linux does not find.
    private(set) var numbers: [UInt8?]
    /// By index of the function.
    private(set) var isFound: [Bool]
    /// Bridges whose number belongs to a bus that Linux had found behind another one: it never looks for a way through
    /// them, and leaves their windows as they are.
    private var leaves: Set<Int> = []

    init(_ tree: PCITree, _ firmware: FirmwareOutcome) {
        self.tree = tree
        routing = ConfigurationRouting(tree)
        primary = Array(repeating: 0, count: tree.functions.count)
        numbers = Array(repeating: nil, count: tree.buses.count)
        isFound = Array(repeating: false, count: tree.functions.count)
        for index in tree.functions.indices {
            guard let bridge = firmware.functions[index].bridge else { continue }
            routing.secondary[index] = bridge.secondary
            routing.subordinate[index] = bridge.subordinate
            primary[index] = firmware.busNumbers[tree.functions[index].bus] ?? 0
        }
        let ends = tree.roots.map { end(of: $0) }
        for (root, end) in zip(tree.roots, ends) {
            let number = Int(routing.number(of: root))
            // A number that is taken belongs to the bus that took it.
            guard find(number) == nil else { continue }
            buses.append(Bus(number: number, end: end, place: root))
            _ = scan(buses.count - 1, extraBuses: 0)
        }
    }

    /// Functions that Linux does not find although they are there.
    var unknown: Set<Int> { Set(tree.functions.indices.filter { !isFound[$0] }) }

    /// A function is plugged into a bus that has a number already.
    mutating func insert(_ function: Int) {
        guard let number = numbers[tree.functions[function].bus] else { return }
        isFound[function] = true
        guard let bus = find(Int(number)), !buses[bus].functions.contains(function) else { return }
        buses[bus].functions.append(function)
    }

    /// What Linux knows of a tree with the same functions, as it takes it to hang together.
    ///
    /// A bus number that occurs twice leads to one bus: Linux sees its functions behind the bridge that it met first.
    func seen(of tree: PCITree, without absent: Set<Int> = []) -> PCITree {
        let isPlain =
            leaves.isEmpty && buses.allSatisfy { bus in numbers[bus.place].map { Int($0) == bus.number } ?? true }
        guard !isPlain else { return tree.without(absent.union(unknown)) }
        let functions = buses.map { bus in (bus.place, bus.functions.filter { !absent.contains($0) }) }
        return tree.rewired(Dictionary(functions) { first, _ in first }, leaves: leaves)
    }

    /// The last number of a root bus: bus 0 ends where the first expander starts.
    private func end(of root: Int) -> Int {
        guard root == 0 else {
            let below = tree.buses[root].functions.map { Int(routing.subordinate[$0]) }
            return max(Int(routing.number(of: root)), below.max() ?? 0)
        }
        let expanders = tree.roots.filter { $0 != 0 }.map { Int(routing.number(of: $0)) }
        return expanders.min().map { $0 - 1 } ?? 0xff
    }

    private func find(_ number: Int) -> Int? { buses.firstIndex { $0.number == number } }

    /// Returns the highest number used.
    private mutating func scan(_ bus: Int, extraBuses: Int, isHotPlug: Bool = false) -> Int {
        let start = buses[bus].number
        if let index = UInt8(exactly: start).flatMap({ routing.bus($0) }), numbers[index] == nil {
            numbers[index] = UInt8(start)
            buses[bus].functions = found(on: index, behindPort: tree.hasOnlySlotZero(buses[bus].place))
            for function in buses[bus].functions { isFound[function] = true }
        }
        let bridges = buses[bus].functions.filter { tree.functions[$0].bridge != nil }
        let hotPlugs = bridges.filter(isHotPlugBridge).count
        var highest = start
        var used = 0
        for bridge in bridges {
            let before = highest
            highest = takeOver(bridge, on: bus, highest)
            used += max(1, highest - before)
        }
        for bridge in bridges {
            var extra = 0
            if hotPlugs == 0, bridges.count == 1 {
                extra = extraBuses
            } else if isHotPlugBridge(bridge) {
                extra = max(0, min(extraBuses / hotPlugs, extraBuses - used + 1))
            }
            let before = highest
            highest = number(bridge, on: bus, highest, extra)
            used += max(0, highest - before - 1)
        }
        if isHotPlug, highest - start < extraBuses { highest = min(start + extraBuses, buses[bus].end) }
        return highest
    }

    /// Behind a port, a function 0 with ARI says itself which function follows, and QEMU's says that none does.
    ///
    /// Source: drivers/pci/probe.c@Linux 6.1 to 7.2 `next_ari_fn`, drivers/pci/pci.c `pci_configure_ari`; hw/pci/pcie.c@QEMU 10.0
    /// `pcie_ari_init` (machines up to 8.0, which name function 1, are not told apart).
    private func found(on bus: Int, behindPort: Bool) -> [Int] {
        let functions = tree.visible(on: bus, behindPort: behindPort)
        guard behindPort, let first = functions.first(where: { tree.functions[$0].devfn == 0 }),
            VirtualFunctions.areAddressed(by: tree.functions[first], in: tree)
        else { return functions }
        return [first]
    }

    private func isHotPlugBridge(_ function: Int) -> Bool {
        tree.functions[function].bridge.map { $0.isHotPlugCapable && $0.hasSlot } ?? false
    }

    /// First pass: what the firmware did is noted; what makes no sense is closed.
    private mutating func takeOver(_ bridge: Int, on bus: Int, _ highest: Int) -> Int {
        let (secondary, subordinate) = (Int(routing.secondary[bridge]), Int(routing.subordinate[bridge]))
        if primary[bridge] == 0, secondary > 0, subordinate > 0 { primary[bridge] = UInt8(buses[bus].number) }
        guard Int(primary[bridge]) == buses[bus].number, secondary > buses[bus].number, secondary <= subordinate else {
            (primary[bridge], routing.secondary[bridge], routing.subordinate[bridge]) = (0, 0, 0)
            return highest
        }
        let child = child(secondary, behind: bridge, end: subordinate)
        _ = scan(child, extraBuses: subordinate - secondary, isHotPlug: isHotPlugBridge(bridge))
        return max(highest, subordinate)
    }

    /// Second pass: the next number, for the moment up to the end of the parent's; 255 is the last one.
    private mutating func number(_ bridge: Int, on bus: Int, _ highest: Int, _ extra: Int) -> Int {
        guard routing.secondary[bridge] == 0, routing.subordinate[bridge] == 0, let next = UInt8(exactly: highest + 1)
        else { return highest }
        let child = child(highest + 1, behind: bridge, end: buses[bus].end)
        primary[bridge] = UInt8(buses[bus].number)
        routing.secondary[bridge] = next
        routing.subordinate[bridge] = UInt8(truncatingIfNeeded: buses[child].end)
        let last = scan(child, extraBuses: max(0, extra - 1), isHotPlug: isHotPlugBridge(bridge))
        buses[child].end = last
        routing.subordinate[bridge] = UInt8(truncatingIfNeeded: last)
        return last
    }

    /// The bus with this number, new or not.
    private mutating func child(_ number: Int, behind bridge: Int, end: Int) -> Int {
        let place = tree.functions[bridge].bridge?.secondaryBus ?? 0
        if let known = find(number) {
            if buses[known].place != place { leaves.insert(bridge) }
            return known
        }
        buses.append(Bus(number: number, end: end, place: place))
        return buses.count - 1
    }
}

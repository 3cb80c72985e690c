import BerthPCI
import BerthTopology

/// One BAR or one window that SeaBIOS has to place.
struct ResourceEntry {
    enum Owner {
        case bar(function: Int, BARIndex)
        /// The window of the bridge that leads to the bus with this number.
        case window(secondary: UInt8)
    }
    var owner: Owner
    var size: UInt64
    var alignment: UInt64
    var is64Bit: Bool
    var isUSB = false

    /// What a BAR makes of an address: it has no bits below its size. A window of less alignment than what is in it
    /// (1.16.3) so leaves a BAR below itself.
    func kept(of address: UInt64) -> UInt64 { address & ~(size &- 1) }
}

/// The lists of one bus: I/O, memory, prefetchable memory.
struct ResourceLists {
    var io: [ResourceEntry] = []
    var memory: [ResourceEntry] = []
    var prefetchable: [ResourceEntry] = []

    subscript(kind: BridgeWindow.Kind) -> [ResourceEntry] {
        get {
            switch kind {
            case .io: io
            case .memory: memory
            case .prefetchableMemory: prefetchable
            }
        }
        set {
            switch kind {
            case .io: io = newValue
            case .memory: memory = newValue
            case .prefetchableMemory: prefetchable = newValue
            }
        }
    }

    /// In place: going through the subscript would copy the list each time.
    mutating func append(_ entry: ResourceEntry, to kind: BridgeWindow.Kind) {
        switch kind {
        case .io: io.append(entry)
        case .memory: memory.append(entry)
        case .prefetchableMemory: prefetchable.append(entry)
        }
    }
}

extension [ResourceEntry] {
    var total: UInt64 { reduce(0) { $0 &+ $1.size } }
    /// Of a sorted list; 1 when it is empty.
    var firstAlignment: UInt64 { first?.alignment ?? 1 }

    /// Descending alignment, then descending size, first come first among equals: what SeaBIOS's
    /// insertion (`pci_region_create_entry`) amounts to.
    func sortedForPlacement() -> [ResourceEntry] {
        enumerated().sorted { a, b in
            if a.element.alignment != b.element.alignment { return a.element.alignment > b.element.alignment }
            if a.element.size != b.element.size { return a.element.size > b.element.size }
            return a.offset < b.offset
        }.map(\.element)
    }
}

/// Sizes BARs and windows into lists, deepest bus first.
///
/// Source: `pci_bios_check_devices`, `pci_bios_get_bar`, `pci_bus_hotplug_support`, `pci_bridge_has_region` in
/// src/fw/pciinit.c @ SeaBIOS 1.16.2.
struct ResourceSizing {
    /// Bus numbers of the functions found, ascending by bus and devfn.
    let functions: [(bus: UInt8, index: Int)]
    /// The numbers that lead to a bus.
    let routes: [(number: UInt8, bus: Int)]
    /// The bridge behind each bus number; nil for root buses and unused numbers.
    private(set) var bridges: [Int?] = Array(repeating: nil, count: 256)
    /// By bus number; everything on any root bus is in list 0.
    private(set) var lists: [ResourceLists] = Array(repeating: ResourceLists(), count: 256)

    private let policy: HighWindowPolicy

    init(tree: PCITree, routing: ConfigurationRouting, policy: HighWindowPolicy) {
        self.policy = policy
        routes = routing.routes
        functions = Self.probe(tree, routing, routes)
        var numberOfBus = Array(repeating: UInt8(0), count: tree.functions.count)
        for (bus, index) in functions {
            numberOfBus[index] = bus
            if tree.functions[index].bridge != nil { bridges[Int(routing.secondary[index])] = index }
            let list = bridges[Int(bus)] == nil ? 0 : Int(bus)
            let isUSB = tree.functions[index].classCode.baseAndSub == 0x0c03
            for bar in tree.functions[index].bars {
                let size = max(Self.decodedSize(bar), bar.kind.isIO ? 0 : 0x1000)
                let kind: BridgeWindow.Kind =
                    bar.kind.isIO ? .io : bar.kind.isPrefetchable ? .prefetchableMemory : .memory
                lists[list].append(
                    ResourceEntry(
                        owner: .bar(function: index, bar.index), size: size, alignment: size,
                        is64Bit: bar.kind.is64Bit, isUSB: isUSB), to: kind)
            }
        }
        addWindows(tree, numberOfBus)
    }

    /// The low four bits of a memory BAR are flags, so one smaller than 16 bytes reads back as 16.
    private static func decodedSize(_ bar: BAR) -> UInt64 {
        bar.kind.isIO ? bar.kind.size.rawValue : max(bar.kind.size.rawValue, 16)
    }

    /// Every function that answers, by bus number, up to the highest number that was met and as many root buses as there
    /// are: `pci_probe_devices` in src/hw/pcidevice.c.
    private static func probe(
        _ tree: PCITree, _ routing: ConfigurationRouting, _ routes: [(number: UInt8, bus: Int)]
    ) -> [(bus: UInt8, index: Int)] {
        let expanders = tree.buses.dropFirst().filter(\.isRoot).count
        var found: [(bus: UInt8, index: Int)] = []
        // Numbers that a bridge leads to which was met on a lower one.
        var isBehindBridge = Array(repeating: false, count: 256)
        var (highest, rootBuses) = (0, 0)
        for (number, bus) in routes {
            guard Int(number) <= highest || rootBuses < expanders else { break }
            let functions = tree.visible(on: bus)
            if !functions.isEmpty, number != 0, !isBehindBridge[Int(number)] {
                rootBuses += 1
                highest = max(highest, Int(number))
            }
            for index in functions {
                found.append((number, index))
                guard tree.functions[index].bridge != nil else { continue }
                let secondary = routing.secondary[index]
                if secondary > number { isBehindBridge[Int(secondary)] = true }
                highest = max(highest, Int(secondary))
            }
        }
        return found
    }

    /// `numberOfBus` is by index of the function.
    private mutating func addWindows(_ tree: PCITree, _ numberOfBus: [UInt8]) {
        // Numbers that wrapped: a window joins the list of a bus that was sized before it.
        var late: Set<Int> = []
        for secondary in stride(from: 255, to: 0, by: -1) {
            guard let index = bridges[secondary], let bridge = tree.functions[index].bridge else { continue }
            let upstream = Int(numberOfBus[index])
            let parent = bridges[upstream] == nil ? 0 : upstream
            if parent >= secondary { late.insert(parent) }
            let reservation = BusNumbering.reservation(of: tree.functions[index])
            let hotPlug = HotPlug(tree.functions[index], bridge, policy)
            for kind in BridgeWindow.Kind.allCases {
                let children = lists[secondary][kind].sortedForPlacement()
                lists[secondary][kind] = children
                let is64Bit =
                    kind == .prefetchableMemory && bridge.hasWidePrefetchableWindow && children.allSatisfy(\.is64Bit)
                var alignment = max(kind == .io ? 0x1000 : 0x20_0000, children.firstAlignment)
                var sum = children.total
                let wantsRoom = hotPlug != .none && !(hotPlug == .express && kind == .io)
                if policy.pads, hotPlug != .none, is64Bit, policy.replacesAlignment || policy.top >> 11 > alignment {
                    alignment = policy.top >> 11
                }
                if wantsRoom, policy.fillsOnlyEmptyBridges ? sum == 0 : alignment > sum { sum = alignment }
                let wanted = Self.reserved(kind, reservation)
                let size: UInt64
                if wanted > sum {
                    size = kind == .io ? wanted : Alignment.up(wanted, to: alignment) ?? wanted
                } else {
                    size = Alignment.up(sum, to: alignment) ?? sum
                }
                lists[parent].append(
                    ResourceEntry(
                        owner: .window(secondary: UInt8(secondary)), size: size, alignment: alignment, is64Bit: is64Bit),
                    to: kind)
            }
        }
        for list in [0] + late.sorted() {
            for kind in BridgeWindow.Kind.allCases { lists[list][kind] = lists[list][kind].sortedForPlacement() }
        }
    }

    private enum HotPlug {
        case none, express, shpc

        init(_ function: PCIFunction, _ bridge: Bridge, _ policy: HighWindowPolicy) {
            switch function.portType {
            case .rootPort, .downstreamPort: self = bridge.hasSlot ? .express : .none
            case .upstreamPort: self = .none
            case .expressToPCIBridge where !policy.servesPCIeToPCIBridges: self = .none
            default: self = bridge.hasSHPC ? .shpc : .none
            }
        }
    }

    /// 0 when nothing is asked; both prefetchable sizes together count as nothing.
    private static func reserved(_ kind: BridgeWindow.Kind, _ reservation: BridgeReservation?) -> UInt64 {
        guard let reservation else { return 0 }
        switch kind {
        case .io: return reservation.io ?? 0
        case .memory: return UInt64(reservation.memory ?? 0)
        case .prefetchableMemory:
            if reservation.prefetchable32 != nil, reservation.prefetchable64 != nil { return 0 }
            return reservation.prefetchable32.map(UInt64.init) ?? reservation.prefetchable64 ?? 0
        }
    }
}

import BerthPCI
import BerthStack
import BerthTopology

/// The requests below one bridge, by list, in order of arrival.
private struct Requests {
    private var lists: [[ResourceNode]] = Array(repeating: [], count: ResourceType.allCases.count)

    subscript(type: ResourceType) -> [ResourceNode] {
        get { lists[type.rawValue] }
        set { lists[type.rawValue] = newValue }
    }

    /// In place: going through the subscript would copy the list each time.
    mutating func append(_ node: ResourceNode, to type: ResourceType) { lists[type.rawValue].append(node) }

    /// Nodes leave `source` from its head, which turns runs of equals around.
    ///
    /// Source: `MergeResourceTree` in PciBusDxe/PciResourceSupport.c @ edk2-stable202211.
    mutating func merge(_ source: ResourceType, into target: ResourceType) {
        self[target] += self[source].inListOrder()
        self[source] = []
    }
}

/// Builds what each root bridge asks for.
///
/// Source: `CreateResourceMap`, `DegradeResource`, `GetResourceFromDevice` (which asks for virtual functions, too) in
/// PciBusDxe/PciResourceSupport.c, `GetMaxOptionRomSize` in PciBusDxe/PciEnumerator.c @ edk2-stable202211;
/// `DegradeResource` @ edk2-stable202602, too.
struct ResourceTree {
    private let tree: PCITree
    private let apertures: PlatformApertures
    private(set) var rejected = Rejections()
    /// By index of the bridge. When somebody is turned away, only the bridges on the way up are built again.
    private var built: [Int: [ResourceType: ResourceNode]] = [:]
    /// Of all windows that were built, by their number.
    private(set) var contents: [WindowContents] = []

    init(tree: PCITree, apertures: PlatformApertures) {
        self.tree = tree
        self.apertures = apertures
    }

    /// False if there was nobody to turn away.
    mutating func reject(for types: [ResourceType], _ requests: [[ResourceType: ResourceNode]]) -> Bool {
        let victims = rejected.add(for: types, requests, contents)
        // A guest with thousands to turn away builds its root's windows as often.
        for windows in requests { drop(windows) }
        for victim in victims {
            switch victim {
            case .device(let index): forgetBridges(above: index)
            case .padding(let bridge):
                forget(bridge)
                forgetBridges(above: bridge)
            }
        }
        return !victims.isEmpty
    }

    private mutating func forgetBridges(above function: Int) {
        var bus = tree.functions[function].bus
        while case .bridge(let bridge) = tree.buses[bus].parent {
            forget(bridge)
            bus = tree.functions[bridge].bus
        }
    }

    private mutating func forget(_ bridge: Int) {
        if let windows = built.removeValue(forKey: bridge) { drop(windows) }
    }

    private mutating func drop(_ windows: [ResourceType: ResourceNode]) {
        for case let number? in windows.values.map(\.contents) { contents[Int(number)].nodes = [] }
    }

    /// The windows of a root bridge; a type that nobody asks for is left out.
    ///
    /// `roms` are the functions below it that have a ROM, the largest first.
    mutating func requests(root: Int, roms: [Int]) -> [ResourceType: ResourceNode] {
        var requests = Requests()
        let largest = roms.first { !rejected.devices.contains($0) }
        if let rom = largest.flatMap({ tree.functions[$0][.rom]?.kind.size.rawValue }), rom > 0 {
            requests.append(ResourceNode(.optionROM, length: rom, alignment: rom - 1), to: .memory32)
        }
        collect(bus: root, into: &requests)
        degradeAtRoot(&requests)
        return windows(&requests) { _ in .rootBridge }
    }

    private mutating func collect(bus: Int, into requests: inout Requests) {
        for index in tree.visible(on: bus, includingVendorZero: true) where !rejected.devices.contains(index) {
            for bar in tree.functions[index].bars {
                if let (type, node) = BARParsing.node(bar, function: index) { requests.append(node, to: type) }
            }
            let registers = VirtualFunctions.registers(of: index, in: tree)
            for (number, register) in registers.enumerated() {
                requests.append(
                    ResourceNode(
                        .virtualFunctions(of: index, register: number), length: register.size.rawValue * register.count,
                        alignment: register.size.rawValue - 1), to: .prefetchable64)
            }
            guard let bridge = tree.functions[index].bridge else { continue }
            for (type, node) in windows(of: bridge, index) { requests.append(node, to: type) }
        }
    }

    private mutating func windows(of bridge: Bridge, _ index: Int) -> [ResourceType: ResourceNode] {
        if let windows = built[index] { return windows }
        var requests = Requests()
        collect(bus: bridge.secondaryBus, into: &requests)
        if !rejected.paddings.contains(index) {
            let paddings = HotPlugPadding.sizes(tree.functions[index], apertures)
            for (type, size) in paddings {
                requests.append(ResourceNode(.padding(bridge: index), length: size, alignment: size - 1), to: type)
            }
        }
        degrade(&requests, behind: bridge)
        let windows = windows(&requests) { .window(bridge: index, $0) }
        built[index] = windows
        return windows
    }

    /// A bridge has one window for memory below 4 GiB and one for prefetchable memory.
    private func degrade(_ requests: inout Requests, behind bridge: Bridge) {
        let takesAllWide = apertures.release.takesAllWideForPrefetchable && bridge.hasWidePrefetchableWindow
        requests.merge(.memory64, into: takesAllWide ? .prefetchable64 : .memory32)
        if !bridge.hasWidePrefetchableWindow {
            // EDK2 takes such a bridge for one without a prefetchable window.
            requests.merge(.prefetchable64, into: .prefetchable32)
            requests.merge(.prefetchable32, into: .memory32)
        } else if !requests[.prefetchable64].isEmpty {
            requests.merge(.prefetchable32, into: .memory32)
        }
    }

    /// Root bridges make no difference between prefetchable and other memory.
    private func degradeAtRoot(_ requests: inout Requests) {
        if apertures.above4GiB == nil {
            requests.merge(.memory64, into: .memory32)
            requests.merge(.prefetchable64, into: .prefetchable32)
        }
        requests.merge(.prefetchable32, into: .memory32)
        requests.merge(.prefetchable64, into: .memory64)
    }

    private mutating func windows(
        _ requests: inout Requests, owner: (ResourceType) -> ResourceNode.Owner
    ) -> [ResourceType: ResourceNode] {
        var windows: [ResourceType: ResourceNode] = [:]
        for type in ResourceType.allCases where !requests[type].isEmpty {
            var window = ResourceNode(owner(type), type)
            var nodes = requests[type].inListOrder()
            window.layOut(&nodes, isIO: type == .io)
            window.contents = Int32(contents.count)
            let largest = Consumer.largest(among: nodes, contents, tree)
            contents.append(WindowContents(nodes: nodes, largestConsumer: largest))
            windows[type] = window
        }
        return windows
    }
}

extension ResourceNode {
    /// Lays out `nodes`. Padding lies over the rest, not beside it, so the larger of the two counts.
    ///
    /// Source: `CalculateResourceAperture`, `CalculateApertureIo16` in PciBusDxe/PciResourceSupport.c
    /// @ edk2-stable202211.
    fileprivate mutating func layOut(_ nodes: inout [ResourceNode], isIO: Bool) {
        var (used, padded): (UInt64, UInt64) = (0, 0)
        for position in nodes.indices {
            let (isPadding, size) = (nodes[position].isPadding, nodes[position].length)
            if isIO, isPadding {
                padded = size
                continue
            }
            let offset = Self.up(isPadding ? padded : used, nodes[position].alignment)
            nodes[position].offset = offset
            if isPadding { padded = offset &+ size } else { used = offset &+ size }
        }
        // Padding of ports is not rounded up: BARs may follow inside the 4 KiB that the window decodes.
        length = max(Self.up(used, alignment), isIO ? padded : Self.up(padded, alignment))
        alignment = max(alignment, nodes.first?.alignment ?? 0)
    }

    private static func up(_ value: UInt64, _ mask: UInt64) -> UInt64 { (value &+ mask) & ~mask }
}

import BerthPCI
import BerthTopology

/// What a root bridge got: its requests of one type, and where they start.
struct AllocatedBlock {
    /// Position among the root bridges.
    var rootBridge: Int
    var base: UInt64
    var window: ResourceNode
}

/// Asks, and asks for less, until everything fits or nobody is left to turn away.
///
/// Source: `PciHostBridgeResourceAllocator` in PciBusDxe/PciLib.c @ edk2-stable202211.
struct ResourceAllocation {
    private let scan: BusScan
    private let apertures: PlatformApertures
    private var resources: ResourceTree
    /// By root bridge: functions that have a ROM, the largest first.
    private let roms: [[Int]]
    var rejected: Rejections { resources.rejected }
    /// Of the windows that there are.
    var contents: [WindowContents] { resources.contents }

    init(tree: PCITree, scan: BusScan, apertures: PlatformApertures) {
        self.scan = scan
        self.apertures = apertures
        resources = ResourceTree(tree: tree, apertures: apertures)
        roms = scan.functions.map { functions in
            functions.compactMap { index in
                tree.functions[index].bars.first { $0.index == .rom }.map { (index, $0.kind.size) }
            }
            .sorted { $0.1 > $1.1 }.map(\.0)
        }
    }

    /// Nil: enumeration ended without an address for anybody.
    mutating func run() -> [AllocatedBlock]? {
        var host = HostBridge(apertures, rootBridges: scan.roots.count)
        while true {
            let requests = scan.roots.indices.map { resources.requests(root: scan.roots[$0], roms: roms[$0]) }
            for (position, windows) in requests.enumerated() {
                guard host.submit(windows, rootBridge: position) else { return nil }
            }
            if host.allocate() {
                return requests.indices.flatMap { position in
                    ResourceType.allCases.compactMap { type in
                        guard let window = requests[position][type], let base = host.base(position, type) else {
                            return nil
                        }
                        return AllocatedBlock(rootBridge: position, base: base, window: window)
                    }
                }
            }
            guard resources.reject(for: host.unsatisfiedTypes, requests) else { return nil }
            host.free()
        }
    }
}

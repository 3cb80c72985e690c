import BerthPCI
import BerthTopology

/// How large the bridge windows have to be that firmware left closed, deepest first.
///
/// Source: drivers/pci/setup-bus.c@Linux 6.1 `__pci_bus_size_bridges`, `pbus_size_io`, `pbus_size_mem`,
/// `calculate_iosize`, `calculate_memsize`, `calculate_mem_align`. Debian's kernel has no CONFIG_ISA. Sums wrap as the
/// kernel's `resource_size_t` does.
struct LinuxWindowSizing {
    private let tree: PCITree
    private(set) var bus: LinuxBus
    /// What hot-plug ports would like on top, by window; given only where there is room.
    private(set) var extras: [Int: Extra] = [:]
    /// The windows of `extras` in the order in which they are tried when not all fits: the last one first
    /// (`add_to_list` prepends).
    private(set) var extraOrder: [Int] = []

    struct Extra {
        var size: UInt64
        var alignment: UInt64
    }

    /// `pci=hpiosize=` and `hpmmiosize=`, unset.
    private static let hotPlugIO: UInt64 = 256
    private static let hotPlugMemory: UInt64 = 2 << 20

    init(_ bus: LinuxBus) {
        self.bus = bus
        tree = bus.tree
    }

    mutating func run(root: Int) { size(bus: root) }

    private mutating func size(bus number: Int) {
        for index in tree.visible(on: number) {
            if let bridge = tree.functions[index].bridge { size(bus: bridge.secondaryBus) }
        }
        guard case .bridge(let index) = tree.buses[number].parent, let bridge = tree.functions[index].bridge else {
            return
        }
        for slot in LinuxBus.ioWindow...LinuxBus.prefetchableWindow {
            if let window = bus.resource(of: index, slot) { bus.arena[window].isPresent = true }
        }
        // Conventional hot-plug bridges are not marked before their driver binds.
        let hotPlugs = bridge.isHotPlugCapable && bridge.hasSlot
        sizeIO(number, index, extra: hotPlugs ? Self.hotPlugIO : 0)
        sizeMemory(number, index, bridge, extra: hotPlugs ? Self.hotPlugMemory : 0)
    }

    private mutating func sizeIO(_ number: Int, _ index: Int, extra: UInt64) {
        guard let window = bus.resource(of: index, LinuxBus.ioWindow), !bus.arena[window].isAssigned else { return }
        var content: UInt64 = 0
        var childExtra: UInt64 = 0
        var alignment: UInt64 = 0x1000
        for (_, resource) in children(of: number) where bus.arena[resource].isIO {
            content &+= bus.arena[resource].size
            alignment = max(alignment, bus.alignment(resource))
            childExtra &+= extras[resource]?.size ?? 0
        }
        give(window, content, extra: extra, childExtra: childExtra, alignment, extraAlignment: alignment)
    }

    private mutating func sizeMemory(_ number: Int, _ index: Int, _ bridge: Bridge, extra: UInt64) {
        guard let memory = bus.resource(of: index, LinuxBus.memoryWindow),
            let prefetchable = bus.resource(of: index, LinuxBus.prefetchableWindow)
        else { return }
        let isWide = bridge.hasWidePrefetchableWindow
        sizeMemory(number, prefetchable, extra: extra) { $0.isPrefetchable && (!isWide || $0.is64Bit) }
        sizeMemory(number, memory, extra: extra) { !($0.isPrefetchable && (!isWide || $0.is64Bit)) }
    }

    private mutating func sizeMemory(
        _ number: Int, _ window: Int, extra: UInt64, _ belongs: (ResourceArena.Resource) -> Bool
    ) {
        guard !bus.arena[window].isAssigned else { return }
        var content: UInt64 = 0
        var childExtra: UInt64 = 0
        var extraAlignment: UInt64 = 0
        var byOrder: [UInt64] = []
        for (_, resource) in children(of: number) where !bus.arena[resource].isIO && belongs(bus.arena[resource]) {
            let size = bus.arena[resource].size
            let alignment = bus.alignment(resource)
            let order = max(0, alignment.trailingZeroBitCount - 20)
            // Nothing of 16 TiB or more is looked at.
            guard order < 24 else { continue }
            content &+= max(size, alignment)
            while byOrder.count <= order { byOrder.append(0) }
            if size <= alignment { byOrder[order] &+= alignment }
            childExtra &+= extras[resource]?.size ?? 0
            extraAlignment = max(extraAlignment, extras[resource]?.alignment ?? 0)
        }
        let alignment = max(Self.alignment(byOrder), 1 << 20)
        give(
            window, content, extra: extra, childExtra: childExtra, alignment,
            extraAlignment: max(alignment, extraAlignment))
    }

    /// The least alignment with which everything fits without holes.
    private static func alignment(_ byOrder: [UInt64]) -> UInt64 {
        var sum: UInt64 = 0
        var least: UInt64 = 0
        for (order, size) in byOrder.enumerated() {
            let step: UInt64 = 1 << UInt64(order + 20)
            if sum == 0 {
                least = step
            } else if (sum &+ least &+ least &- 1) & ~(least &- 1) < step {
                least = step >> 1
            }
            sum &+= size
        }
        return least
    }

    /// What of a bus has no place yet.
    private func children(of number: Int) -> [(Int, Int)] {
        tree.visible(on: number).flatMap { index in
            bus.resources(of: index).filter { bus.arena[$0.resource].isPresent && !bus.arena[$0.resource].isAssigned }
                .map { (index, $0.resource) }
        }
    }

    private mutating func give(
        _ window: Int, _ content: UInt64, extra: UInt64, childExtra: UInt64, _ alignment: UInt64, extraAlignment: UInt64
    ) {
        let old = bus.arena[window].size == 1 ? 0 : bus.arena[window].size
        let needed = up(max(content, old), alignment)
        let wanted =
            extra == 0 && childExtra == 0 ? needed : up(max(content, old, extra) &+ childExtra, extraAlignment)
        guard needed > 0 || wanted > 0 else {
            bus.arena[window].isPresent = false
            return
        }
        bus.arena[window].start = alignment
        bus.arena[window].end = alignment &+ needed &- 1
        bus.arena[window].isStartAligned = true
        guard wanted > needed else { return }
        extras[window] = Extra(size: wanted - needed, alignment: extraAlignment)
        extraOrder.insert(window, at: 0)
    }

    private func up(_ value: UInt64, _ alignment: UInt64) -> UInt64 {
        (value &+ alignment &- 1) & ~(alignment &- 1)
    }
}

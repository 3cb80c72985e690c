import BerthPCI
import BerthTopology

/// What a hot-plug port has to spare goes to the bridges behind it, so that more can be plugged in there later.
///
/// Only ports of which the firmware opened no window, and which are not on a root bus, have something to give.
///
/// Source: drivers/pci/setup-bus.c@Linux 6.1 to 7.2 `pci_root_bus_distribute_available_resources`,
/// `pci_bridge_distribute_available_resources`, `pci_bus_distribute_available_resources`, `adjust_bridge_window`,
/// `remove_dev_resources`.
extension LinuxWindowSizing {
    /// Of one window; the end is inclusive, and one below the start where nothing is left.
    private struct Space {
        var start: UInt64
        var end: UInt64
        var size: UInt64 { end &- start &+ 1 }
    }

    private static let windows = LinuxBus.ioWindow...LinuxBus.prefetchableWindow

    /// From a root bus downwards; the bridges on it are passed over.
    mutating func distribute(below number: Int) {
        let tree = bus.tree
        for index in tree.visible(on: number) {
            guard let bridge = tree.functions[index].bridge else { continue }
            if !tree.buses[number].isRoot, isUnassigned(index) {
                distribute(through: index)
            } else {
                distribute(below: bridge.secondaryBus)
            }
        }
    }

    /// From the windows of a port, as they are.
    mutating func distribute(through port: Int) {
        guard let bridge = bus.tree.functions[port].bridge, bridge.isHotPlugCapable, bridge.hasSlot else { return }
        let spaces = Self.windows.map { slot in
            bus.resource(of: port, slot).map { Space(start: bus.arena[$0].start, end: bus.arena[$0].end) }
                ?? Space(start: 0, end: 0)
        }
        distribute(spaces, to: port, bridge.secondaryBus)
    }

    private func isUnassigned(_ bridge: Int) -> Bool {
        Self.windows.allSatisfy { slot in
            guard let window = bus.resource(of: bridge, slot) else { return true }
            return bus.arena[window].isPresent ? bus.arena[window].isStartAligned : !rules.selectsWindows
        }
    }

    private mutating func distribute(_ given: [Space], to bridge: Int, _ number: Int) {
        var spaces = given
        for (position, slot) in Self.windows.enumerated() {
            guard let window = bus.resource(of: bridge, slot) else { continue }
            let alignment = alignment(window)
            if bus.arena[window].parent == nil, alignment > 0 {
                spaces[position].start = min(Self.up(spaces[position].start, alignment), spaces[position].end &+ 1)
            }
            adjust(window, slot, to: spaces[position].size)
        }
        let tree = bus.tree
        let bridges = tree.visible(on: number).filter { tree.functions[$0].bridge != nil }
        let hotPlugs = bridges.filter { isHotPlug($0) }
        guard !bridges.isEmpty else { return }
        for index in tree.visible(on: number) { remove(index, from: &spaces) }
        let shares = spaces.map { $0.size / UInt64(hotPlugs.isEmpty ? bridges.count : hotPlugs.count) }
        for index in hotPlugs.isEmpty ? bridges : hotPlugs {
            guard let secondary = tree.functions[index].bridge?.secondaryBus else { continue }
            for (position, slot) in Self.windows.enumerated() {
                guard let window = bus.resource(of: index, slot) else { continue }
                let alignment = alignment(window)
                let share = alignment > 0 ? shares[position] & ~(alignment - 1) : shares[position]
                spaces[position].end = spaces[position].start &+ share &- 1
                spaces[position].start &-= bus.arena[window].size
            }
            distribute(spaces, to: index, secondary)
            for position in spaces.indices { spaces[position].start &+= spaces[position].end &+ 1 }
        }
    }

    private func isHotPlug(_ index: Int) -> Bool {
        bus.tree.functions[index].bridge.map { $0.isHotPlugCapable && $0.hasSlot } ?? false
    }

    /// 0 for a window that does not exist.
    private func alignment(_ window: Int) -> UInt64 { bus.arena[window].isPresent ? bus.alignment(window) : 0 }

    /// Up to 7.0.9 a window shrinks as it grows; later only what it would like does, and no further than what
    /// hot-plug asks for.
    private mutating func adjust(_ window: Int, _ slot: Int, to size: UInt64) {
        let old = bus.arena[window].size
        guard bus.arena[window].parent == nil, size > 0, size != old else { return }
        if size < old, rules.keepsRequiredSize {
            guard old <= (slot == LinuxBus.ioWindow ? 256 : 2 << 20), var extra = extras[window] else { return }
            if old - size < extra.size {
                extra.size -= old - size
                setExtra(extra, of: window)
            } else {
                setExtra(nil, of: window)
            }
            return
        }
        resize(window, to: size)
        setExtra(nil, of: window)
    }

    /// What is on the bus takes its part out of the windows that it belongs to.
    private func remove(_ index: Int, from spaces: inout [Space]) {
        for (_, resource) in bus.resources(of: index) {
            let taken = bus.arena[resource]
            guard taken.isPresent, taken.size > 0 else { continue }
            // Memory of the other width is in the window for everything.
            let position = taken.isIO ? 0 : taken.isPrefetchable && taken.is64Bit ? 2 : 1
            let alignment = bus.alignment(resource)
            let start = alignment > 0 ? Self.up(spaces[position].start, alignment) : spaces[position].start
            spaces[position].start = min(start &+ taken.size, spaces[position].end &+ 1)
        }
    }

    private static func up(_ value: UInt64, _ alignment: UInt64) -> UInt64 {
        (value &+ alignment &- 1) & ~(alignment &- 1)
    }
}

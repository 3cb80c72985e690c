import BerthPCI
import BerthTopology

/// How large the bridge windows have to be that firmware left closed, deepest first.
///
/// Source: drivers/pci/setup-bus.c@Linux 6.1 to 7.2 `__pci_bus_size_bridges`, `pbus_size_io`, `pbus_size_mem`,
/// `pbus_size_mem_optional`, `calculate_iosize`, `calculate_memsize`, `calculate_mem_align`, `calculate_head_align`.
/// Debian's kernel has no CONFIG_ISA. Sums wrap as the kernel's `resource_size_t` does.
struct LinuxWindowSizing {
    private let tree: PCITree
    let rules: LinuxResourceRules
    private(set) var bus: LinuxBus
    /// What is nice to have: room that hot-plug ports would like on top, and whatever is optional, by resource; given
    /// only where there is room.
    private(set) var extras: [Int: Extra] = [:]
    /// The resources of `extras` in the order in which they are tried when not all fits: the last one first
    /// (`add_to_list` prepends).
    private(set) var extraOrder: [Int] = []

    struct Extra {
        var size: UInt64
        var alignment: UInt64
    }

    /// What a bus asks of one of its windows.
    private struct Content {
        /// Of what has to be there.
        var size: UInt64 = 0
        /// Of ports, those of functions with less than 1 KiB.
        var smallPorts: UInt64 = 0
        var alignment: UInt64
        /// The largest alignment in it, whatever fits before it.
        var largest: UInt64 = 0
        /// Of what is nice to have.
        var extra: UInt64 = 0
        var extraAlignment: UInt64 = 0
    }

    /// `pci=hpiosize=` and `hpmmiosize=`, unset.
    private static let hotPlugIO: UInt64 = 256
    private static let hotPlugMemory: UInt64 = 2 << 20
    private static let windowAlignment: UInt64 = 1 << 20

    /// What is nice to have counts with what has to be there, and nothing is an extra (`realloc_head` is null).
    private let everythingIsRequired: Bool

    init(_ bus: LinuxBus, everythingIsRequired: Bool = false) {
        self.bus = bus
        self.everythingIsRequired = everythingIsRequired
        rules = bus.rules
        tree = bus.tree
    }

    mutating func run(root: Int) {
        size(bus: root)
        distribute(below: root)
    }

    mutating func setExtra(_ extra: Extra?, of resource: Int) { extras[resource] = extra }
    mutating func resize(_ resource: Int, to size: UInt64) {
        bus.arena[resource].end = bus.arena[resource].start &+ size &- 1
    }

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
        var content = Content(alignment: 0x1000)
        for (_, resource) in children(of: number) where bus.arena[resource].isIO {
            let size = bus.arena[resource].size
            content.size &+= size
            if size < 0x400 { content.smallPorts &+= size }
            content.alignment = max(content.alignment, bus.alignment(resource))
            content.extra &+= extras[resource]?.size ?? 0
        }
        let old = Self.known(bus.arena[window].size)
        let size =
            everythingIsRequired ? max(content.smallPorts, extra) &+ content.size &- content.smallPorts : content.size
        let needed = Self.up(max(size, old), content.alignment)
        var wanted = needed
        if !everythingIsRequired, extra > 0 || content.extra > 0 {
            let counted = rules.countsPortsTwice ? content.smallPorts &+ needed : content.size
            wanted = Self.up(max(max(counted, extra) &+ content.extra, old), content.alignment)
        }
        give(window, needed, wanted, alignment: content.alignment, extraAlignment: content.alignment)
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
        var content = memoryContent(number, belongs)
        if everythingIsRequired { content.size = max(content.size, extra) }
        let isWished = !everythingIsRequired && (extra > 0 || content.extra > 0)
        if rules.sizesExactly {
            let needed = Self.up(content.size, Self.windowAlignment)
            let wanted =
                isWished ? Self.up(max(content.size, extra) &+ content.extra, Self.windowAlignment) : needed
            give(
                window, needed, wanted, alignment: content.alignment,
                extraAlignment: isWished ? max(content.alignment, content.extraAlignment) : content.alignment)
            return
        }
        let old = Self.known(bus.arena[window].size)
        var alignment = content.alignment
        var extraAlignment = max(alignment, content.extraAlignment)
        var needed = Self.up(max(content.size, old), alignment)
        if needed > 0, !fitsAbove(number, window, needed, rules.relaxesAdditions ? alignment : extraAlignment) {
            relax(&alignment, content)
            needed = Self.up(max(content.size, old), Self.windowAlignment)
            if rules.relaxation == .requiredLosingAdditions { extraAlignment = Self.windowAlignment }
        }
        var wanted = needed
        if isWished {
            if rules.relaxesAdditions { extraAlignment = max(alignment, content.extraAlignment) }
            let size = max(max(content.size, extra) &+ content.extra, old)
            wanted = Self.up(size, extraAlignment)
            if rules.relaxesAdditions, wanted > 0, !fitsAbove(number, window, wanted, extraAlignment) {
                relax(&alignment, content)
                wanted = Self.up(size, Self.windowAlignment)
            }
        }
        give(window, needed, wanted, alignment: alignment, extraAlignment: extraAlignment)
    }

    private func relax(_ alignment: inout UInt64, _ content: Content) {
        alignment = rules.relaxation == .allWithoutGrowth ? min(alignment, content.largest) : content.largest
    }

    /// Whether the first window above it that has a place has room. Nothing is asked where nobody would relax.
    ///
    /// Source: `pbus_upstream_space_available` @ Linux 6.12.
    private func fitsAbove(_ number: Int, _ window: Int, _ size: UInt64, _ alignment: UInt64) -> Bool {
        guard rules.relaxation != .none, case .bridge(var index) = tree.buses[number].parent else { return true }
        let slot = bus.arena[window].isPrefetchable ? LinuxBus.prefetchableWindow : LinuxBus.memoryWindow
        while case .bridge(let above) = tree.buses[tree.functions[index].bus].parent {
            if let outer = bus.resource(of: above, slot), bus.arena[outer].parent != nil {
                let constraint = ResourceArena.Constraint(
                    minimum: 0, maximum: .max, alignment: alignment, avoidsISAAliases: false, reserved: [])
                return bus.arena[outer].size >= size && bus.arena.find(size, in: outer, constraint) != nil
            }
            index = above
        }
        return true
    }

    private mutating func memoryContent(_ number: Int, _ belongs: (ResourceArena.Resource) -> Bool) -> Content {
        var content = Content(alignment: Self.windowAlignment)
        var byOrder: [UInt64] = [0]
        for (index, resource) in children(of: number) where !bus.arena[resource].isIO && belongs(bus.arena[resource]) {
            if rules.selectsWindows, !LinuxBus.isAssignable(tree.functions[index]) { continue }
            let size = bus.arena[resource].size
            let alignment = bus.alignment(resource)
            let order = max(0, alignment.trailingZeroBitCount - 20)
            let isOptional = !everythingIsRequired && rules.hasOptionalResources && bus.isOptional(resource)
            // Room for virtual functions is nothing that has to be there in any release.
            if !everythingIsRequired, !rules.hasOptionalResources, bus.arena[resource].unit != nil {
                content.extra &+= size
                content.extraAlignment = max(content.extraAlignment, alignment)
                bus.arena[resource].end = bus.arena[resource].start &- 1
                addExtra(Extra(size: size, alignment: 0), of: resource)
                continue
            }
            if isOptional, !rules.hasOptionalWindows {
                content.extra &+= size
                content.extraAlignment = max(content.extraAlignment, alignment)
                addExtra(Extra(size: 0, alignment: 0), of: resource)
                continue
            }
            guard order < rules.orders else { continue }
            content.extra &+= extras[resource]?.size ?? 0
            content.extraAlignment = max(content.extraAlignment, extras[resource]?.alignment ?? 0)
            if isOptional {
                if extras[resource] == nil { addExtra(Extra(size: 0, alignment: alignment), of: resource) }
                content.extra &+= size
                content.extraAlignment = max(content.extraAlignment, alignment)
                continue
            }
            content.size &+= max(size, alignment)
            while byOrder.count <= order { byOrder.append(0) }
            if size <= alignment || rules.countsLargeInHead { byOrder[order] &+= alignment }
        }
        content.largest = max(1 << UInt64(byOrder.count + 19), Self.windowAlignment)
        content.alignment = max(
            rules.sizesExactly ? Self.headAlignment(byOrder) : Self.alignment(byOrder), Self.windowAlignment)
        return content
    }

    /// The least alignment with which everything fits without holes.
    private static func alignment(_ byOrder: [UInt64]) -> UInt64 {
        var sum: UInt64 = 0
        var least: UInt64 = 0
        for (order, size) in byOrder.enumerated() {
            let step: UInt64 = 1 << UInt64(order + 20)
            if sum == 0 {
                least = step
            } else if up(sum &+ least, least) < step {
                least = step >> 1
            }
            sum &+= size
        }
        return least
    }

    /// The largest alignment, halved as often as smaller ones fill what is then before the first multiple of it.
    private static func headAlignment(_ byOrder: [UInt64]) -> UInt64 {
        var head: UInt64 = 1 << UInt64(byOrder.count + 19)
        var remainder: UInt64 = 0
        for (order, size) in byOrder.enumerated().dropLast().reversed() {
            remainder &+= size
            while head > 1 << UInt64(order + 20), remainder >= head / 2 {
                head /= 2
                remainder -= head
            }
        }
        return head
    }

    /// What of a bus has no place yet.
    private func children(of number: Int) -> [(Int, Int)] {
        tree.visible(on: number).flatMap { index in
            bus.resources(of: index).filter { bus.arena[$0.resource].isPresent && !bus.arena[$0.resource].isAssigned }
                .map { (index, $0.resource) }
        }
    }

    private mutating func give(
        _ window: Int, _ needed: UInt64, _ wanted: UInt64, alignment: UInt64, extraAlignment: UInt64
    ) {
        guard needed > 0 || wanted > 0 else {
            bus.arena[window].isPresent = false
            return
        }
        bus.arena[window].start = alignment
        bus.arena[window].end = alignment &+ needed &- 1
        bus.arena[window].isStartAligned = true
        guard wanted > needed || rules.sizesExactly && extraAlignment > alignment else { return }
        addExtra(Extra(size: wanted > needed ? wanted - needed : 0, alignment: extraAlignment), of: window)
    }

    private mutating func addExtra(_ extra: Extra, of resource: Int) {
        extras[resource] = extra
        extraOrder.insert(resource, at: 0)
    }

    /// Linux takes a window without an address for one byte.
    private static func known(_ size: UInt64) -> UInt64 { size == 1 ? 0 : size }

    private static func up(_ value: UInt64, _ alignment: UInt64) -> UInt64 {
        (value &+ alignment &- 1) & ~(alignment &- 1)
    }
}

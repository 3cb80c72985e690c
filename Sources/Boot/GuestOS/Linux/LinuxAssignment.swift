import BerthPCI
import BerthTopology

/// Finds places for what has none: the largest alignment first, at the lowest free address, bus by bus.
///
/// Source: drivers/pci/setup-bus.c@Linux 6.1 `__pci_bus_assign_resources`, `__assign_resources_sorted`,
/// `assign_requested_resources_sorted`, `reassign_resources_sorted`, `pci_need_to_release`;
/// drivers/pci/setup-res.c `pci_assign_resource`, `pci_revert_fw_address`.
struct LinuxAssignment {
    /// An address that was written to a BAR.
    struct Update {
        var function: Int
        var bar: BARIndex
        var address: UInt64
        var is64Bit: Bool
    }

    /// Where nothing is placed.
    struct Limits: Sendable {
        /// Where memory starts on a bus whose windows do.
        var minimumMemory: UInt64
        /// Entries of the memory map: what already is there stays.
        var reserved: [ClosedRange<UInt64>]

        init(minimumMemory: UInt64, reserved: [GuestRange]) {
            self.minimumMemory = minimumMemory
            // Below 1 MiB is the firmware's (BIOS_END in arch/x86/include/asm/e820/types.h).
            self.reserved = [0...0xf_ffff] + reserved.map { $0.start.rawValue...$0.last.rawValue }
        }
    }

    private let tree: PCITree
    private let rules: LinuxResourceRules
    private(set) var bus: LinuxBus
    private var extras: [Int: LinuxWindowSizing.Extra]
    private let extraOrder: [Int]
    private let firmwareAddresses: [Int: UInt64]
    private let limits: Limits
    /// In the order in which they are written.
    private(set) var updates: [Update] = []
    /// What found no place in the end, ROMs aside, as it was before.
    private(set) var failures: [(resource: Int, before: ResourceArena.Resource)] = []

    init(_ sizing: LinuxWindowSizing, firmwareAddresses: [Int: UInt64] = [:], _ limits: Limits) {
        bus = sizing.bus
        rules = sizing.rules
        tree = sizing.bus.tree
        extras = sizing.extras
        extraOrder = sizing.extraOrder
        self.firmwareAddresses = firmwareAddresses
        self.limits = limits
    }

    /// When Linux looks again for what is there. One root bus is finished before the next is looked at.
    static func run(_ bus: LinuxBus, _ limits: Limits) -> (bus: LinuxBus, updates: [Update]) {
        var bus = bus
        var updates: [Update] = []
        for root in bus.tree.roots {
            var sizing = LinuxWindowSizing(bus)
            sizing.run(root: root)
            var assignment = LinuxAssignment(sizing, limits)
            assignment.run(root: root)
            bus = assignment.bus
            updates += assignment.updates
        }
        return (bus, updates)
    }

    mutating func run(root: Int) { assign(bus: root) }

    /// The port's own BARs and windows, then what is behind it.
    mutating func run(below port: Int) {
        assignSorted(sorted([port]), tree.functions[port].bus)
        if let bridge = tree.functions[port].bridge { assign(bus: bridge.secondaryBus) }
    }

    private mutating func assign(bus number: Int) {
        assignSorted(sorted(tree.visible(on: number)), number)
        for index in tree.visible(on: number) {
            if let bridge = tree.functions[index].bridge { assign(bus: bridge.secondaryBus) }
        }
    }

    /// Descending alignment; equals in the order in which they are met.
    private func sorted(_ functions: [Int]) -> [Int] {
        var list: [(alignment: UInt64, resource: Int)] = []
        for index in functions where LinuxBus.isAssignable(tree.functions[index]) {
            for (_, resource) in bus.resources(of: index)
            where bus.arena[resource].isPresent && !bus.arena[resource].isAssigned {
                let alignment = bus.alignment(resource)
                if alignment > 0 { list.append((alignment, resource)) }
            }
        }
        return list.enumerated().sorted {
            ($1.element.alignment, $0.offset) < ($0.element.alignment, $1.offset)
        }.map(\.element.resource)
    }

    private mutating func assignSorted(_ given: [Int], _ number: Int) {
        guard !rules.hasOptionalResources else { return assignWithOptional(given, number) }
        var list = given
        guard !extras.isEmpty else {
            for resource in list { require(resource, number) }
            return
        }
        let saved = list.map { ($0, bus.arena[$0]) }
        addExtras(&list)
        var failed: [ResourceArena.Resource] = []
        for resource in list {
            let asked = bus.arena[resource]
            if asked.size > 0, !place(resource, number) { failed.append(asked) }
        }
        if failed.isEmpty {
            for resource in list { extras[resource] = nil }
            return
        }
        let keep = list.filter { bus.arena[$0].parent != nil && !mustGiveWay($0, failed) }
        for resource in keep { extras[resource] = nil }
        let again = saved.filter { !keep.contains($0.0) }
        for (resource, _) in again { bus.arena.release(resource) }
        for (resource, before) in again { bus.arena[resource] = before }
        for (resource, _) in again { require(resource, number) }
        let optional = Set(again.map(\.0))
        for resource in extraOrder where optional.contains(resource) { growIfPossible(resource, number) }
    }

    /// As from 6.15 on: all that is optional is tried with the rest, and left out where something has no place. What
    /// failed is given up only in the end.
    ///
    /// Source: drivers/pci/setup-bus.c@Linux 7.2 (and commit 96336ec70264, 6.15) `__assign_resources_sorted`.
    private mutating func assignWithOptional(_ given: [Int], _ number: Int) {
        var list = given
        let hasExtras = !extras.isEmpty
        let saved = list.map { ($0, bus.arena[$0]) }
        if hasExtras { addExtras(&list) }
        var failed: [(resource: Int, asked: ResourceArena.Resource)] = []
        for resource in list where bus.arena[resource].size > 0 {
            let asked = bus.arena[resource]
            if !place(resource, number) { failed.append((resource, asked)) }
        }
        if failed.isEmpty {
            for resource in list { extras[resource] = nil }
            return giveUp(list)
        }
        if !hasExtras, failed.allSatisfy({ bus.isOptional($0.resource) }) { return giveUp(list) }
        let keep = list.filter { bus.arena[$0].parent != nil && !mustGiveWay($0, failed.map(\.asked)) }
        for resource in keep { extras[resource] = nil }
        list.removeAll(where: keep.contains)
        for (resource, before) in saved where !keep.contains(resource) {
            bus.arena.release(resource)
            bus.arena[resource] = before
        }
        for resource in list where bus.arena[resource].size > 0 && !bus.isOptional(resource) {
            _ = place(resource, number)
        }
        for resource in extraOrder { addOptional(resource, among: list, number) }
        giveUp(list)
    }

    private mutating func addOptional(_ resource: Int, among list: [Int], _ number: Int) {
        guard let extra = extras[resource] else { return }
        let isHopeless =
            bus.arena[resource].parent == nil && bus.arena[resource].size > 0 && !bus.isOptional(resource)
        if rules.forgetsAdditionsElsewhere, isHopeless { extras[resource] = nil }
        guard list.contains(resource) else { return }
        extras[resource] = nil
        guard !isHopeless else { return }
        let size = bus.arena[resource].size &+ extra.size
        if bus.arena[resource].parent == nil {
            bus.arena[resource].start = extra.alignment
            bus.arena[resource].end = extra.alignment &+ size &- 1
            _ = place(resource, number)
        } else if extra.size > 0
            || rules.sizesExactly && extra.alignment > 0 && bus.arena[resource].start & (extra.alignment &- 1) != 0
        {
            expand(resource, number, to: size, extra.alignment)
        }
    }

    private mutating func giveUp(_ list: [Int]) {
        for resource in list where bus.arena[resource].parent == nil {
            failures.append((resource, bus.arena[resource]))
            if bus.isWindow(resource), rules.selectsWindows {
                bus.arena[resource].isUnset = true
            } else {
                reset(resource)
            }
        }
    }

    /// Windows grow by what they would like; a larger alignment changes the order.
    private mutating func addExtras(_ list: inout [Int]) {
        for resource in list {
            guard let extra = extras[resource] else { continue }
            bus.arena[resource].end &+= extra.size
            guard bus.arena[resource].isStartAligned, extra.alignment > bus.arena[resource].start else { continue }
            let size = bus.arena[resource].size
            bus.arena[resource].start = extra.alignment
            bus.arena[resource].end = extra.alignment &+ size &- 1
            guard let target = list.firstIndex(where: { extra.alignment > bus.alignment($0) }),
                let position = list.firstIndex(of: resource), target < position
            else { continue }
            list.remove(at: position)
            list.insert(resource, at: target)
        }
    }

    private func mustGiveWay(_ resource: Int, _ failed: [ResourceArena.Resource]) -> Bool {
        let taken = bus.arena[resource]
        if taken.isIO { return failed.contains { $0.isIO } }
        let memoryFailed = failed.contains { !$0.isIO }
        guard taken.isPrefetchable else { return memoryFailed }
        if failed.contains(where: { !$0.isIO && $0.isPrefetchable }) { return true }
        let parentIsPrefetchable = taken.parent.map { bus.arena[$0].isPrefetchable } ?? false
        return memoryFailed && !parentIsPrefetchable
    }

    private mutating func require(_ resource: Int, _ number: Int) {
        let before = bus.arena[resource]
        guard before.size > 0, !place(resource, number) else { return }
        if bus.owner(of: resource)?.slot != LinuxBus.rom { failures.append((resource, before)) }
        reset(resource)
    }

    private mutating func reset(_ resource: Int) {
        bus.arena[resource].start = 0
        bus.arena[resource].end = 0
        bus.arena[resource].isPresent = false
    }

    private mutating func growIfPossible(_ resource: Int, _ number: Int) {
        guard let extra = extras.removeValue(forKey: resource), bus.arena[resource].isPresent else { return }
        if bus.arena[resource].size == 0 {
            bus.arena[resource].start = extra.alignment
            bus.arena[resource].end = extra.alignment &+ extra.size &- 1
            if !place(resource, number) { reset(resource) }
        } else if bus.arena[resource].parent != nil {
            expand(resource, number, to: bus.arena[resource].size &+ extra.size, extra.alignment)
        }
    }

    /// Where it has a place already; it stays there if it cannot be larger.
    private mutating func expand(_ resource: Int, _ number: Int, to size: UInt64, _ alignment: UInt64) {
        guard let (parent, start) = find(size, alignment, resource, number, ignoring: resource) else { return }
        bus.arena.release(resource)
        bus.arena[resource].start = start
        bus.arena[resource].end = start &+ size &- 1
        _ = bus.arena.request(resource, in: parent)
    }

    /// False if there is no place, not even where the firmware had put it.
    private mutating func place(_ resource: Int, _ number: Int) -> Bool {
        let size = bus.arena[resource].size
        let alignment = bus.alignment(resource)
        guard alignment > 0 else { return false }
        bus.arena[resource].isUnset = true
        if let (parent, start) = find(size, alignment, resource, number) {
            bus.arena[resource].start = start
            bus.arena[resource].end = start &+ size &- 1
            bus.arena[resource].isUnset = false
            guard bus.arena.request(resource, in: parent) else { return false }
        } else if !revert(resource, number, size) {
            return false
        }
        bus.arena[resource].isUnset = false
        bus.arena[resource].isStartAligned = false
        report(resource)
        return true
    }

    private mutating func revert(_ resource: Int, _ number: Int, _ size: UInt64) -> Bool {
        guard let address = firmwareAddresses[resource] else { return false }
        let before = bus.arena[resource]
        bus.arena[resource].start = address
        bus.arena[resource].end = address &+ size &- 1
        bus.arena[resource].isUnset = false
        let parents = bus.windows[number].filter { bus.arena.contains($0, resource) }
        if let parent = parents.first, bus.arena.request(resource, in: parent) { return true }
        bus.arena[resource] = before
        return false
    }

    private mutating func report(_ resource: Int) {
        guard let owner = bus.owner(of: resource), owner.slot < LinuxBus.rom else { return }
        updates.append(
            Update(
                function: owner.function, bar: .bar(owner.slot), address: bus.arena[resource].start,
                is64Bit: bus.arena[resource].is64Bit))
    }

    /// First a window of exactly the same kind, then, for 64-bit prefetchable memory, a prefetchable one, then any
    /// memory window; what is 64 bits wide prefers to be above 4 GiB.
    ///
    /// Source: drivers/pci/setup-res.c@Linux 6.1 `__pci_assign_resource`; drivers/pci/bus.c
    /// `pci_bus_alloc_resource`, `pci_bus_alloc_from_region`.
    private func find(
        _ size: UInt64, _ alignment: UInt64, _ resource: Int, _ number: Int, ignoring old: Int? = nil
    ) -> (parent: Int, start: UInt64)? {
        let wanted = bus.arena[resource]
        var attempts: [(ResourceArena.Resource) -> Bool] = [
            { $0.isPrefetchable == wanted.isPrefetchable && ($0.isPrefetchable && $0.is64Bit) == wanted.is64Bit }
        ]
        if wanted.isPrefetchable, wanted.is64Bit { attempts.append { $0.isPrefetchable } }
        if wanted.isPrefetchable || wanted.is64Bit { attempts.append { _ in true } }
        let regions: [ClosedRange<UInt64>] =
            wanted.is64Bit ? [1 << 32...UInt64.max, 0...UInt64.max] : [0...0xffff_ffff]
        for matches in attempts {
            for region in regions {
                for window in bus.windows[number] where !bus.arena[window].isUnset {
                    let outer = bus.arena[window]
                    guard outer.isPresent, outer.isIO == wanted.isIO, wanted.isPrefetchable || !outer.isPrefetchable,
                        matches(outer)
                    else { continue }
                    let first = max(outer.start, region.lowerBound)
                    let last = min(outer.end, region.upperBound)
                    guard first <= last else { continue }
                    let least = wanted.isIO ? 0x1000 : limits.minimumMemory
                    let constraint = ResourceArena.Constraint(
                        minimum: first > 0 ? first : least, maximum: last, alignment: alignment,
                        avoidsISAAliases: wanted.isIO, reserved: wanted.isIO ? [] : limits.reserved,
                        fillsHead: rules.fillsHead && !wanted.isIO)
                    if let start = bus.arena.find(size, in: window, ignoring: old, constraint) {
                        return (window, start)
                    }
                }
            }
        }
        return nil
    }
}

/// Linux's tree of resources: root windows, bridge windows, BARs, each inside the one that contains it.
///
/// Source: include/linux/ioport.h, kernel/resource.c @ Linux 6.1.
struct ResourceArena {
    /// One resource; `nil` size stands for `flags == 0`: it does not exist.
    struct Resource {
        var start: UInt64 = 0
        /// Inclusive; one below `start` for a window of size 0.
        var end: UInt64 = 0
        var isPresent = false
        var isIO = false
        var isPrefetchable = false
        var is64Bit = false
        /// Aligned to `start` rather than to its size: a bridge window that has no place yet.
        var isStartAligned = false
        /// Of one of the virtual functions that the resource is for; aligned to that.
        var unit: UInt64?
        /// Has no address that counts.
        var isUnset = false
        var isRoot = false
        var parent: Int?
        /// Ascending.
        var children: [Int] = []

        /// Linux takes `start == end == 0` for one byte.
        var size: UInt64 { end &- start &+ 1 }
        var isAssigned: Bool { isRoot || parent != nil }

        mutating func moveToZero() { (start, end) = (0, end &- start) }
    }

    private(set) var resources: [Resource] = []

    subscript(index: Int) -> Resource {
        get { resources[index] }
        set { resources[index] = newValue }
    }

    mutating func add(_ resource: Resource) -> Int {
        resources.append(resource)
        return resources.count - 1
    }

    func contains(_ outer: Int, _ inner: Int) -> Bool {
        let (a, b) = (resources[outer], resources[inner])
        return a.isPresent && a.isIO == b.isIO && !a.isUnset && !b.isUnset && a.start <= b.start && a.end >= b.end
    }

    /// Puts a resource below another one; false if it overlaps what is there.
    ///
    /// Source: kernel/resource.c@Linux 6.1 `__request_resource`.
    mutating func request(_ index: Int, in parent: Int) -> Bool {
        let (start, end) = (resources[index].start, resources[index].end)
        guard start <= end, start >= resources[parent].start, end <= resources[parent].end else { return false }
        let children = resources[parent].children
        let position = firstChild(of: parent, endingAtOrAfter: start)
        if position < children.count, resources[children[position]].start <= end { return false }
        resources[parent].children.insert(index, at: position)
        resources[index].parent = parent
        return true
    }

    private func firstChild(of parent: Int, endingAtOrAfter address: UInt64) -> Int {
        let children = resources[parent].children
        var (low, high) = (0, children.count)
        while low < high {
            let middle = (low + high) / 2
            if resources[children[middle]].end >= address { high = middle } else { low = middle + 1 }
        }
        return low
    }

    mutating func release(_ index: Int) {
        guard let parent = resources[index].parent else { return }
        resources[parent].children.removeAll { $0 == index }
        resources[index].parent = nil
    }

    /// Everything below loses its place, and keeps its size.
    ///
    /// Source: kernel/resource.c@Linux 6.1 `release_child_resources`.
    mutating func releaseChildren(of index: Int) {
        for child in resources[index].children {
            releaseChildren(of: child)
            resources[child].parent = nil
            resources[child].moveToZero()
        }
        resources[index].children = []
    }

    struct Constraint {
        var minimum: UInt64
        var maximum: UInt64
        var alignment: UInt64
        /// x86 keeps I/O out of the addresses that old ISA cards alias.
        var avoidsISAAliases: Bool
        /// Of a gap that overlaps one of these only the larger part beside it is used.
        var reserved: [ClosedRange<UInt64>]
        /// What is left of a window beyond multiples of its alignment goes before the first one where there is room.
        var fillsHead = false
    }

    /// The lowest place for `size` bytes between the children of a resource, as if `old` were not there.
    ///
    /// Source: kernel/resource.c@Linux 6.1 `__find_resource`; arch/x86/pci/i386.c `pcibios_align_resource`;
    /// arch/x86/kernel/resource.c `arch_remove_reservations`, for firmware dated before 2023, which QEMU's is.
    func find(_ size: UInt64, in parent: Int, ignoring old: Int? = nil, _ constraint: Constraint) -> UInt64? {
        let outer = resources[parent]
        var start = outer.start
        for child in outer.children.map(Optional.some) + [nil] {
            if let child, child == old { continue }
            let end: UInt64
            if let child {
                if resources[child].start == 0 {
                    start = resources[child].end &+ 1
                    continue
                }
                end = resources[child].start - 1
            } else {
                end = outer.end
            }
            if let place = place(size, from: start, through: end, constraint) { return place }
            guard let child, resources[child].end != outer.end else { return nil }
            start = resources[child].end + 1
        }
        return nil
    }

    private func place(_ size: UInt64, from start: UInt64, through end: UInt64, _ constraint: Constraint) -> UInt64? {
        var start = max(start, constraint.minimum)
        var end = min(end, constraint.maximum)
        for range in constraint.reserved where start <= range.upperBound && range.lowerBound <= end {
            let below = range.lowerBound > start ? range.lowerBound - start : 0
            let above = end > range.upperBound ? end - range.upperBound : 0
            if below > above {
                end = range.lowerBound - 1
            } else if above > 0 {
                start = range.upperBound + 1
            } else {
                return nil
            }
        }
        guard start <= end, size > 0 else { return nil }
        let mask = constraint.alignment - 1
        let (sum, overflow) = start.addingReportingOverflow(mask)
        guard !overflow else { return nil }
        var candidate = sum & ~mask
        if constraint.avoidsISAAliases, candidate & 0x300 != 0 { candidate = (candidate + 0x3ff) & ~0x3ff }
        let tail = size & mask
        // Source: drivers/pci/setup-res.c@Linux 7.2 `pci_align_resource`.
        if constraint.fillsHead, tail > 0, tail & 0xf_ffff == 0, candidate >= tail, candidate - tail >= start {
            candidate -= tail
        }
        let (last, wraps) = candidate.addingReportingOverflow(size - 1)
        return !wraps && last <= end ? candidate : nil
    }
}

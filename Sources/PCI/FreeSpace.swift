/// What is left of an address space: disjoint ranges in ascending order, never adjacent.
///
/// A pure allocator; which end to take from, and in which order, is the caller's policy.
package struct FreeSpace<Space: AddressSpace>: Hashable, Sendable {
    package private(set) var ranges: [AddressRange<Space>]

    /// The union of the given ranges, in whatever order and overlap they come.
    package init(_ given: [AddressRange<Space>] = []) {
        ranges = []
        for range in given.sorted() {
            if let previous = ranges.last, previous.end.map({ range.start <= $0 }) ?? true {
                let last = max(previous.last, range.last)
                ranges[ranges.count - 1] = AddressRange(first: previous.start, last: last) ?? previous
            } else {
                ranges.append(range)
            }
        }
    }

    package var total: ByteCount { ranges.reduce(.zero) { $0 + $1.size } }

    /// Takes a range away; parts that were not free stay not free.
    package mutating func remove(_ taken: AddressRange<Space>) {
        ranges = ranges.flatMap { range -> [AddressRange<Space>] in
            guard range.overlaps(taken) else { return [range] }
            var rest: [AddressRange<Space>] = []
            if range.start < taken.start {
                let size = ByteCount(taken.start.rawValue - range.start.rawValue)
                if let low = AddressRange(start: range.start, size: size) { rest.append(low) }
            }
            if taken.last < range.last, let next = taken.end {
                if let high = AddressRange(first: next, last: range.last) { rest.append(high) }
            }
            return rest
        }
    }

    /// The lowest place for `size` bytes at a multiple of `alignment` (a power of two).
    package func lowest(_ size: ByteCount, alignment: UInt64) -> AddressRange<Space>? {
        for range in ranges {
            guard let start = Alignment.up(range.start.rawValue, to: alignment),
                let place = AddressRange(start: PhysicalAddress<Space>(start), size: size)
            else { continue }
            if range.contains(place) { return place }
        }
        return nil
    }

    /// The highest place for `size` bytes at a multiple of `alignment` (a power of two).
    package func highest(_ size: ByteCount, alignment: UInt64) -> AddressRange<Space>? {
        for range in ranges.reversed() where range.size >= size && size.rawValue > 0 {
            let start = Alignment.down(range.last.rawValue - (size.rawValue - 1), to: alignment)
            if let place = AddressRange(start: PhysicalAddress<Space>(start), size: size), range.contains(place) {
                return place
            }
        }
        return nil
    }

    /// The largest power-of-two block, naturally aligned, that still fits; nil when nothing is free.
    package var largestNaturallyAligned: AddressRange<Space>? {
        var bit: UInt64 = 1 << 63
        while bit > 0 {
            if let place = lowest(ByteCount(bit), alignment: bit) { return place }
            bit >>= 1
        }
        return nil
    }
}

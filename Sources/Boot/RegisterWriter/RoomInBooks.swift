import BerthPCI

/// What UEFI's books (the global coherency domain) say is free memory-mapped I/O below 4 GiB.
///
/// Source: `take`, `highest` in Sources/OptionROM/Firmware/uefi.c; `CoreAllocateSpace` in MdeModulePkg/Core/Dxe/Gcd/Gcd.c
/// @ edk2-stable202211.
struct RoomInBooks: RoomBelow4GiB {
    /// Ascending.
    private var free: [ClosedRange<UInt64>]

    /// `blocks` are what the root bridges got of the aperture.
    init(_ aperture: ClosedRange<UInt64>, _ blocks: [AllocatedBlock]) {
        var taken: [ClosedRange<UInt64>] = []
        for block in blocks where block.window.length > 0 && aperture.contains(block.base) {
            taken.append(block.base...block.base + (block.window.length - 1))
        }
        free = []
        var next = aperture.lowerBound
        for range in taken.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if range.lowerBound > next { free.append(next...range.lowerBound - 1) }
            next = max(next, range.upperBound + 1)
        }
        if next <= aperture.upperBound { free.append(next...aperture.upperBound) }
    }

    mutating func take(_ size: UInt64, beside placed: FirmwareOutcome) -> UInt64? {
        // The highest MiB is held while the rest is looked for, so that nothing lies right under what follows the aperture.
        guard let gap = highest(1 << 20, endingAtOrBelow: 0xfebf_ffff),
            let base = highest(size, endingAtOrBelow: gap - 1)
        else { return nil }
        remove(base...base + (size - 1))
        return base
    }

    /// EDK2 leaves out an entry that begins so high that its end would be the limit itself.
    private func highest(_ size: UInt64, endingAtOrBelow limit: UInt64) -> UInt64? {
        for range in free.reversed() where range.lowerBound + size <= limit {
            let last = min(range.upperBound, limit)
            guard last + 1 >= size else { continue }
            let base = (last + 1 - size) & ~(size - 1)
            if base >= range.lowerBound { return base }
        }
        return nil
    }

    private mutating func remove(_ taken: ClosedRange<UInt64>) {
        free = free.flatMap { range -> [ClosedRange<UInt64>] in
            guard range.overlaps(taken) else { return [range] }
            var rest: [ClosedRange<UInt64>] = []
            if range.lowerBound < taken.lowerBound { rest.append(range.lowerBound...taken.lowerBound - 1) }
            if range.upperBound > taken.upperBound { rest.append(taken.upperBound + 1...range.upperBound) }
            return rest
        }
    }
}

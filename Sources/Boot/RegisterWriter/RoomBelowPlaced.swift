import BerthPCI
import BerthTopology

/// What a register writer takes for free under a BIOS, which keeps no books: the space under everything that has a place.
///
/// Source: `take`, `lowest` in Sources/OptionROM/Firmware/bios.c.
struct RoomBelowPlaced: RoomBelow4GiB {
    let topology: GuestTopology
    let tree: PCITree

    /// SeaBIOS's end of the hole.
    private static let end: UInt64 = 0xfec0_0000

    func take(_ size: UInt64, beside placed: FirmwareOutcome) -> UInt64? {
        let ramEnd = topology.ramLayout.below4GiB.rawValue
        let lowest = lowest(placed, from: ramEnd)
        // First with a gap to what is reserved, then without.
        for gap: UInt64 in [1 << 20, 0] {
            var top = lowest
            while top >= ramEnd + gap + size {
                let base = (top - size) & ~(size - 1)
                if base < ramEnd + gap { break }
                guard let area = configurationArea else { return base }
                if base >= area + (256 << 20) + gap || base + size + gap <= area { return base }
                top = area - gap
            }
        }
        return nil
    }

    /// Start of memory-mapped configuration space; nil without one.
    private var configurationArea: UInt64? { topology.machine.type == .q35 ? 0xb000_0000 : nil }

    /// Where the lowest BAR, ROM or window begins.
    private func lowest(_ placed: FirmwareOutcome, from floor: UInt64) -> UInt64 {
        var low = Self.end
        func meet(_ address: UInt64) {
            if address >= floor, address < low { low = address }
        }
        for index in tree.reachable where placed.busNumbers[tree.functions[index].bus] != nil {
            let result = placed.functions[index]
            for bar in tree.functions[index].bars where !bar.kind.isIO && bar.index != .rom {
                if let address = result.addresses[bar.index] { meet(address) }
            }
            if let rom = result.romReservation { meet(rom & ~0x7ff) }
            for window in [result.bridge?.memory, result.bridge?.prefetchable] {
                if let window, window.base <= window.limit { meet(window.base) }
            }
        }
        return low
    }
}

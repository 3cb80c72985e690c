import BerthDiagnostics
import BerthPCI
import BerthTopology

/// Where the lists of the root bus start: SeaBIOS's only real decision.
///
/// Source: `pci_bios_init_root_regions_io`, `pci_bios_init_root_regions_mem`, `pci_bios_map_devices` in
/// src/fw/pciinit.c @ SeaBIOS 1.16.2.
struct RootPlacement {
    var io: UInt64 = 0
    var memory: UInt64 = 0
    var prefetchable: UInt64 = 0
    /// Set when 64-bit entries had to move.
    var high: High?

    struct High {
        var memory: UInt64
        var prefetchable: UInt64
        var memoryEntries: [ResourceEntry]
        var prefetchableEntries: [ResourceEntry]
        /// First and last byte of the window above 4 GiB.
        var window: (first: UInt64, last: UInt64)
    }

    /// The limit of ports that low placement may use: q35's ACPI ports sit below 0x1000, so all are free.
    static func portEnd(_ machine: MachineType) -> UInt64 { machine == .q35 ? 0x10000 : 0xa000 }

    /// Changes `lists` when entries move up. Throws the message with which SeaBIOS stops.
    init(_ lists: inout ResourceLists, topology: GuestTopology, policy: HighWindowPolicy) throws(Halt) {
        let ports = lists.io.total
        if ports < 0x4000 {
            io = 0xc000
        } else if ports < Self.portEnd(topology.machine.type) - 0x1000 {
            io = 0x1000
        } else {
            throw Halt(message: "out of I/O address space")
        }
        let start = PCIHole.start(topology)
        if !policy.pads, place(lists, start: start) { return }
        let movesUp: (ResourceEntry) -> Bool = { $0.is64Bit && !$0.isUSB }
        let memoryEntries = lists.memory.filter(movesUp)
        let prefetchableEntries = lists.prefetchable.filter(movesUp)
        lists.memory.removeAll(where: movesUp)
        lists.prefetchable.removeAll(where: movesUp)
        guard place(lists, start: start) else { throw Halt(message: "out of 32bit address space") }
        let gib: UInt64 = 1 << 30
        let ramEnd = (1 << 32) + topology.ramLayout.above4GiB.rawValue
        let plugEnd = topology.reservedMemoryEnd?.rawValue ?? 0
        let base = policy.base(
            floor: max(ramEnd, plugEnd), memory: memoryEntries.total, prefetchable: prefetchableEntries.total,
            reserved: Self.reservedHigh(topology))
        guard let memoryBase = Self.up(base, memoryEntries.firstAlignment, gib),
            let prefetchableBase = Self.up(memoryBase &+ memoryEntries.total, prefetchableEntries.firstAlignment, gib),
            let end = Alignment.up(prefetchableBase &+ prefetchableEntries.total, to: gib)
        else { throw Halt(message: "out of 64bit address space") }
        high = High(
            memory: memoryBase, prefetchable: prefetchableBase, memoryEntries: memoryEntries,
            prefetchableEntries: prefetchableEntries, window: (memoryBase, end &- 1))
    }

    /// What the memory map holds above 4 GiB: RAM, and the HyperTransport hole of an AMD processor.
    private static func reservedHigh(_ topology: GuestTopology) -> [ClosedRange<UInt64>] {
        var ranges: [ClosedRange<UInt64>] = []
        let above = topology.ramLayout.above4GiB.rawValue
        if above > 0 { ranges.append((1 << 32)...((1 << 32) + above - 1)) }
        if topology.hasHyperTransportHole { ranges.append(0xfd_0000_0000...0xff_ffff_ffff) }
        return ranges
    }

    struct Halt: Error { var message: String }

    /// Two blocks, top-down; the one with the smaller alignment sits on top.
    private mutating func place(_ lists: ResourceLists, start: UInt64) -> Bool {
        let memoryOnTop = lists.memory.firstAlignment < lists.prefetchable.firstAlignment
        let (top, bottom) = memoryOnTop ? (lists.memory, lists.prefetchable) : (lists.prefetchable, lists.memory)
        guard let topBase = Self.below(PCIHole.end, top), let bottomBase = Self.below(topBase, bottom),
            bottomBase >= start
        else { return false }
        (memory, prefetchable) = memoryOnTop ? (topBase, bottomBase) : (bottomBase, topBase)
        return true
    }

    private static func below(_ limit: UInt64, _ entries: [ResourceEntry]) -> UInt64? {
        let (base, underflow) = limit.subtractingReportingOverflow(entries.total)
        return underflow ? nil : Alignment.down(base, to: entries.firstAlignment)
    }

    private static func up(_ value: UInt64, _ alignments: UInt64...) -> UInt64? {
        alignments.reduce(value) { value, alignment in value.flatMap { Alignment.up($0, to: alignment) } }
    }
}

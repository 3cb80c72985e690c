import BerthDiagnostics
import BerthIGD
import BerthPCI
import BerthStack
import BerthTopology

/// What SeaBIOS takes from RAM: the OpRegion's copy, stolen memory, and what it keeps for itself.
///
/// Source: `intel_igd_setup` in src/fw/pciinit.c, `malloc_preinit`, `malloc_prepboot` in src/malloc.c,
/// `qemu_preinit` in src/fw/paravirt.c @ SeaBIOS 1.16.2.
struct SeaBIOSMemory {
    private(set) var registers: [RegisterWrite] = []
    private(set) var map: [MemoryMapEntry] = []
    /// Where drivers finished in another order.
    private(set) var otherMaps: [[MemoryMapEntry]] = []
    private var stolen: GuestRange?
    private var heap: HighMemory

    /// `order` is the order in which SeaBIOS meets the functions.
    init(
        _ topology: GuestTopology, _ tree: PCITree, release: SeaBIOSRelease, order: [Int], addresses: [FunctionOutcome]
    ) {
        let top = topology.ramLayout.below4GiB.rawValue
        heap = HighMemory(top: top, size: release.highTableSize(top: top))
        setUpIGD(topology, tree, order)
        heap.loadTables()
        // Only drivers of disks and USB controllers take from the heap.
        let relevant = order.filter { [0x01, 0x0c].contains(tree.functions[$0].classCode.base) }
        let drivers = relevant.compactMap { index in
            FirmwareDriver(tree.functions[index], addresses[index].addresses) {
                topology.devices[$0]["drive"] != nil
            } isForwarded: {
                Self.isForwarded($0, $1, to: tree.functions[index].bus, tree, addresses)
            }
        }
        let beforeDrivers = heap
        // Only a SCSI controller and an NVMe one can be in each other's way.
        let canRace = drivers.contains { $0.kind == .virtioSCSI } && drivers.contains { $0.kind == .nvme }
        for race in canRace ? HighMemory.Race.allCases : [.afterAll] {
            heap = beforeDrivers
            heap.race = race
            heap.start(drivers)
            let previous = map
            map = []
            buildMap(topology)
            guard race != .afterAll else { continue }
            if map != previous, !otherMaps.contains(map) { otherMaps.append(map) }
            map = previous
        }
    }

    /// Whether every bridge above a bus has an address of a BAR in one of its windows.
    private static func isForwarded(
        _ kind: BARKind, _ address: UInt64, to bus: Int, _ tree: PCITree, _ outcomes: [FunctionOutcome]
    ) -> Bool {
        var bus = bus
        while case .bridge(let bridge) = tree.buses[bus].parent {
            guard let registers = outcomes[bridge].bridge else { return false }
            let windows = kind.isIO ? [registers.io] : [registers.memory, registers.prefetchable]
            guard windows.contains(where: { $0.base <= address && address <= $0.limit }) else { return false }
            bus = tree.functions[bridge].bus
        }
        return true
    }

    private mutating func setUpIGD(_ topology: GuestTopology, _ tree: PCITree, _ order: [Int]) {
        let files = topology.effectiveFirmwareFiles
        let opRegion = files.last { $0.name == FirmwareFile.opRegion }?.content.size.rawValue ?? 0
        let size: UInt64 =
            if case .number(let bytes)? = files.last(where: { $0.name == FirmwareFile.stolenMemorySize })?.content {
                bytes
            } else { 0 }
        for index in order {
            let function = tree.functions[index]
            guard function.vendor == 0x8086, function.classCode.isVGA else { continue }
            if opRegion > 0 {
                // Without room for the OpRegion, stolen memory is not tried either.
                guard let address = heap.allocate(opRegion, alignment: 0x1000) else { continue }
                registers.append(RegisterWrite(function: index, offset: 0xfc, width: 4, value: address))
            }
            guard size > 0, function.bus == 0, function.devfn == 2 << 3 else { continue }
            reserveStolenMemory(size, function: index)
        }
    }

    /// Below the heap and the relocated start-up code, which needs about 100 KiB.
    private mutating func reserveStolenMemory(_ size: UInt64, function: Int) {
        let (base, underflow) = heap.top.subtractingReportingOverflow(heap.size &+ 0x2_0000 &+ size)
        let aligned = Alignment.down(base, to: 1 << 20)
        guard !underflow, aligned >= 1 << 20,
            let range = GuestRange(start: GuestPhysicalAddress(aligned), size: ByteCount(size))
        else { return }
        stolen = range
        registers.append(RegisterWrite(function: function, offset: 0x5c, width: 4, value: aligned))
    }

    private mutating func buildMap(_ topology: GuestTopology) {
        let top = topology.ramLayout.below4GiB.rawValue
        let kept = top - heap.reservedStart
        add(0, 0x9_fc00, .ram)
        add(0x9_fc00, 0xa_0000, .reserved)
        add(0xf_0000, 0x10_0000, .reserved)
        if let stolen, let end = stolen.end?.rawValue {
            add(0x10_0000, stolen.start.rawValue, .ram)
            add(stolen.start.rawValue, end, .reserved)
            add(end, top - kept, .ram)
        } else {
            add(0x10_0000, top - kept, .ram)
        }
        add(top - kept, top, .reserved)
        if topology.machine.type == .q35 {
            add(0xb000_0000, 0xc000_0000, .reserved)
            add(0xfed1_c000, 0xfed2_0000, .reserved)
        }
        add(0xfffc_0000, 1 << 32, .reserved)
        add(1 << 32, (1 << 32) + topology.ramLayout.above4GiB.rawValue, .ram)
        // The HyperTransport hole of AMD processors, from 40 address bits on (`pc_memory_init`, hw/i386/pc.c).
        if topology.hasHyperTransportHole {
            add(0xfd_0000_0000, 0x100_0000_0000, .reserved)
        }
    }

    private mutating func add(_ start: UInt64, _ end: UInt64, _ kind: MemoryMapEntry.Kind) {
        guard start < end, let range = GuestRange(start: GuestPhysicalAddress(start), size: ByteCount(end - start))
        else { return }
        if let last = map.last, last.kind == kind, last.range.end?.rawValue == start,
            let joined = GuestRange(first: last.range.start, last: range.last)
        {
            map[map.count - 1] = MemoryMapEntry(joined, kind)
        } else {
            map.append(MemoryMapEntry(range, kind))
        }
    }
}

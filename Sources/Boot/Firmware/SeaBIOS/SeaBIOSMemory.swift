import BerthDiagnostics
import BerthIGD
import BerthPCI
import BerthTopology

/// What SeaBIOS takes from RAM: the OpRegion's copy, stolen memory, and what it keeps for itself.
///
/// Source: `intel_igd_setup` in src/fw/pciinit.c, `malloc_preinit`, `malloc_prepboot` in src/malloc.c,
/// `qemu_preinit` in src/fw/paravirt.c @ SeaBIOS 1.16.2.
struct SeaBIOSMemory {
    private(set) var registers: [RegisterWrite] = []
    private(set) var map: [MemoryMapEntry] = []
    private var stolen: GuestRange?
    private var opRegionPages: UInt64 = 0

    init(_ topology: GuestTopology, _ tree: PCITree) {
        setUpIGD(topology, tree)
        buildMap(topology, tree)
    }

    private mutating func setUpIGD(_ topology: GuestTopology, _ tree: PCITree) {
        let top = topology.ramLayout.below4GiB.rawValue
        let files = topology.effectiveFirmwareFiles
        let opRegion = files.last { $0.name == FirmwareFile.opRegion }?.content.size.rawValue ?? 0
        let size: UInt64 =
            if case .number(let bytes)? = files.last(where: { $0.name == FirmwareFile.stolenMemorySize })?.content {
                bytes
            } else { 0 }
        // Each display takes what is on top of the heap then; the first one gets the highest place.
        var highTop = top
        for bus in tree.roots + tree.buses.indices.filter({ !tree.buses[$0].isRoot }) {
            for index in tree.visible(on: bus) {
                let function = tree.functions[index]
                guard function.vendor == 0x8086, function.classCode.isVGA else { continue }
                if opRegion > 0 {
                    highTop = Alignment.down(highTop - opRegion, to: 0x1000)
                    opRegionPages += Alignment.up(opRegion, to: 0x1000) ?? 0
                    registers.append(RegisterWrite(function: index, offset: 0xfc, width: 4, value: highTop))
                }
                guard size > 0, bus == 0, function.devfn == 2 << 3 else { continue }
                reserveStolenMemory(size, below: top, function: index)
            }
        }
    }

    /// Below the two 16 MiB heaps and the relocated start-up code, which needs less than 1 MiB.
    private mutating func reserveStolenMemory(_ size: UInt64, below top: UInt64, function: Int) {
        let (base, underflow) = top.subtractingReportingOverflow(0x110_0000 + size)
        let aligned = Alignment.down(base, to: 1 << 20)
        guard !underflow, aligned >= 1 << 20,
            let range = GuestRange(start: GuestPhysicalAddress(aligned), size: ByteCount(size))
        else { return }
        stolen = range
        registers.append(RegisterWrite(function: function, offset: 0x5c, width: 4, value: aligned))
    }

    private mutating func buildMap(_ topology: GuestTopology, _ tree: PCITree) {
        let top = topology.ramLayout.below4GiB.rawValue
        let kept = 0x2_0000 + opRegionPages + Self.driverMemory(topology)
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
        if topology.processor.vendor == .amd, topology.processor.physicalAddressBits >= 40 {
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

    /// What block drivers keep until the OS takes over, measured with one device each.
    private static func driverMemory(_ topology: GuestTopology) -> UInt64 {
        topology.devices.reduce(0) { sum, device in
            switch device.model {
            case "virtio-blk-pci" where device["drive"] != nil: sum + 0x3000
            case "pvscsi": sum + 0x4000
            case "nvme": sum + (device["drive"] == nil ? 0x8000 : 0x9000)
            default: sum
            }
        }
    }
}

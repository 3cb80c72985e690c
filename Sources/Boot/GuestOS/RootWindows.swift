package import BerthPCI
import BerthStack
import BerthTopology

/// What a root bus owns, as QEMU's ACPI tables tell the OS.
package struct RootWindows: Hashable, Sendable {
    /// Index of the root bus.
    package var bus: Int
    package var io: [PortRange]
    package var memory: [GuestRange]

    /// The `_CRS` of every root bus. The tables are made when the firmware reads them, with decode on.
    ///
    /// An expander's bus has what the firmware placed on it; bus 0 the holes, less that and the MMCONFIG area.
    ///
    /// Source: hw/i386/acpi-build.c `build_dsdt`, `build_crs`, `crs_replace_with_free_ranges`;
    /// hw/pci-host/i440fx.c, q35.c `*_get_pci_hole64_*`; hw/i386/pc.c `pc_pci_hole64_start` @ QEMU 7.2.
    static func of(_ topology: GuestTopology, _ tree: PCITree, _ outcome: FirmwareOutcome) -> [RootWindows] {
        var ports = FreeSpace<GuestPorts>([range(0xd00, 0xffff)].compactMap { $0 })
        let low = topology.ramLayout.below4GiB.rawValue
        var below = FreeSpace<GuestMemory>([range(low, 0xfebf_ffff)].compactMap { $0 })
        var above = FreeSpace<GuestMemory>([highHole(topology, tree, outcome)].compactMap { $0 })
        if topology.machine.type == .q35, let area = configurationArea(topology) { below.remove(area) }
        let cxl = hasCXL(tree) ? topology.cxlMemory : nil
        var expanders: [RootWindows] = []
        for root in tree.roots where root != 0 {
            let windows = expander(root, tree, outcome)
            for range in windows.io { ports.remove(range) }
            for range in windows.memory {
                below.remove(range)
                above.remove(range)
            }
            expanders.append(windows)
        }
        let low32 = cxl.map { stretched(below.ranges, to: $0.start.rawValue) } ?? below.ranges
        let legacyPorts: PortRange? = range(0, 0xcf7)
        let legacyMemory: GuestRange? = range(0xa_0000, 0xb_ffff)
        let root = RootWindows(
            bus: 0, io: [legacyPorts].compactMap { $0 } + ports.ranges,
            memory: [legacyMemory].compactMap { $0 } + low32 + above.ranges)
        return [root] + expanders
    }

    private static func hasCXL(_ tree: PCITree) -> Bool {
        tree.functions.contains { Expander.models[$0.model]?.isCXL == true }
    }

    /// Registers of CXL host bridges above 4 GiB count as used below: the last free range goes on up to them, and an entry
    /// of the table holds the lower half of its end. Where that is below its start it stands for nothing.
    ///
    /// Source: `build_dsdt`, `crs_replace_with_free_ranges` in hw/i386/acpi-build.c @ QEMU 10.0;
    /// `acpi_dev_memresource_flags` in drivers/acpi/resource.c @ Linux 6.1.
    private static func stretched(_ free: [GuestRange], to registers: UInt64) -> [GuestRange] {
        var ranges = free
        let end: UInt64 = 0xfebf_ffff
        let start = ranges.last.map { $0.last.rawValue == end ? $0.start.rawValue : end + 1 } ?? end + 1
        if ranges.last?.last.rawValue == end { ranges.removeLast() }
        if let last: GuestRange = range(start, (registers - 1) & 0xffff_ffff) { ranges.append(last) }
        return ranges
    }

    /// Where the firmware puts memory-mapped configuration space: `mch_mmconfig_setup` in src/fw/pciinit.c @ SeaBIOS,
    /// `PcdPciExpressBaseAddress` in OvmfPkg/OvmfPkgX64.dsc @ edk2.
    private static func configurationArea(_ topology: GuestTopology) -> GuestRange? {
        let isHigh = topology.firmware.hasHighECAM
        let start: UInt64 = isHigh ? 0xe000_0000 : 0xb000_0000
        return range(start, start + 0xfff_ffff)
    }

    /// What Linux takes of them: nothing that the processor cannot address.
    ///
    /// Source: drivers/acpi/pci_root.c@Linux 6.1 `acpi_pci_root_validate_resources`; arch/x86/kernel/setup.c for the end
    /// of `iomem_resource`.
    func addressable(by processor: Processor) -> RootWindows {
        let limit = UInt64(1) << UInt64(processor.physicalAddressBits)
        var copy = self
        copy.memory = memory.compactMap { range in
            guard range.last.rawValue >= limit else { return range }
            return range.start.rawValue < limit
                ? GuestRange(first: range.start, last: GuestPhysicalAddress(limit - 1)) : nil
        }
        return copy
    }

    private static func range<Space>(_ first: UInt64, _ last: UInt64) -> AddressRange<Space>? {
        AddressRange(first: PhysicalAddress(first), last: PhysicalAddress(last))
    }

    /// Everything on an expander's own bus; ranges that touch are one.
    private static func expander(_ root: Int, _ tree: PCITree, _ outcome: FirmwareOutcome) -> RootWindows {
        var ports: [PortRange] = []
        var memory: [GuestRange] = []
        for index in tree.visible(on: root) {
            let result = outcome.functions[index]
            for bar in tree.functions[index].bars where bar.index != .rom {
                guard let address = result.addresses[bar.index], address > 0 else { continue }
                if bar.kind.isIO {
                    if let used = PortRange(start: PortAddress(address), size: bar.kind.size) { ports.append(used) }
                } else if let used = GuestRange(start: GuestPhysicalAddress(address), size: bar.kind.size) {
                    memory.append(used)
                }
            }
            guard let bridge = result.bridge else { continue }
            if bridge.io.base > 0, let used: PortRange = range(bridge.io.base, bridge.io.limit) { ports.append(used) }
            for window in [bridge.memory, bridge.prefetchable] where window.base > 0 {
                if let used: GuestRange = range(window.base, window.limit) { memory.append(used) }
            }
        }
        return RootWindows(bus: root, io: FreeSpace(ports).ranges, memory: FreeSpace(memory).ranges)
    }

    /// From the lowest mapped 64-bit address, or the end of all RAM that can be; 2 GiB on pc, 32 GiB on q35, unless the
    /// host bridge was told another size. Old machines have no more than what is mapped.
    private static func highHole(
        _ topology: GuestTopology, _ tree: PCITree, _ outcome: FirmwareOutcome
    ) -> GuestRange? {
        var used: ClosedRange<UInt64>?
        for index in tree.visible(on: 0) where !outcome.functions[index].isRejected {
            let result = outcome.functions[index]
            var found: [(UInt64, UInt64)] = []
            if let window = result.bridge?.prefetchable { found.append((window.base, window.limit)) }
            for bar in tree.functions[index].bars where bar.kind.is64Bit {
                guard let address = result.addresses[bar.index], address > 0 else { continue }
                found.append((address, address &+ bar.kind.size.rawValue &- 1))
            }
            for (first, last) in found {
                let first = max(first, 1 << 32)
                guard first <= last else { continue }
                used = min(first, used?.lowerBound ?? first)...max(last, used?.upperBound ?? last)
            }
        }
        guard topology.machineVersion.promisesRoomAbove4GiB else {
            return used.flatMap { range($0.lowerBound, $0.upperBound) }
        }
        let gib: UInt64 = 1 << 30
        guard let start = used?.lowerBound ?? topology.holeAbove4GiB.flatMap({ Alignment.up($0.rawValue, to: gib) })
        else {
            return nil
        }
        let size = topology.machine.hole64Size ?? (topology.machine.type == .pc ? .gib(2) : .gib(32))
        guard let least = GuestPhysicalAddress(start).advanced(by: size),
            let end = Alignment.up(least.rawValue, to: gib)
        else { return nil }
        return range(start, max(end - 1, used?.upperBound ?? 0))
    }
}

import BerthBoot
import BerthDiagnostics
import BerthPCI
import BerthTopology

/// A BAR lies above what the host's IOMMU can map.
struct AddressAboveIOMMU: Problem {
    let id: RuleID = "address-above-iommu"
    let summary = "a BAR lies above 39 bits, more than the IOMMU of client processors maps"
    let documentation = """
        'vfio_container_dma_map(...) = -22': OVMF puts 64-bit BARs near the top of what the virtual processor \
        says it can address. The IOMMU of processors with an IGD has 39 bits as a rule; the guest's processor \
        may say 40 and more. What comes of it depends on what is behind the BAR: of an assigned device's memory QEMU warns, and \
        nothing is lost but DMA between devices; RAM of a device model (ivshmem-plain, a membar that is backed, video memory) \
        has to be mapped, and QEMU ends; a BAR without memory is never mapped.
        """
    let sources = [
        "QEMU hw/vfio/listener.c vfio_container_region_add: ram_device regions warn, other RAM ends with hw_error",
        "QEMU docs/igd-assign.txt, known issues: host-phys-bits-limit",
    ]
    let scope = ProblemScope.guest

    func find(in situation: Situation) -> [Consequence] {
        guard situation.evaluation.outcome.halted == nil, situation.igd != nil else { return [] }
        var found: [BARMemory: Consequence] = [:]
        let tree = situation.evaluation.tree
        let width = IOMMUWidth(situation.topology)
        for (index, function) in tree.functions.enumerated() {
            for bar in function.bars where !bar.kind.isIO {
                guard let address = situation.evaluation.outcome.functions[index].addresses[bar.index],
                    address >= width.limit
                else { continue }
                let memory = BARMemory.behind(bar.index, of: function, in: situation.topology)
                // The first of each kind stands for all.
                guard memory != .none, found[memory] == nil else { continue }
                found[memory] = told(memory, function, bar.index, address, width)
            }
        }
        return [found[.ram], found[.hostDevice]].compactMap { $0 }
    }

    private func told(
        _ memory: BARMemory, _ function: PCIFunction, _ bar: BARIndex, _ address: UInt64, _ width: IOMMUWidth
    ) -> Consequence {
        let place: Statement = """
            \(name: function.name) \(bar) is at \(GuestPhysicalAddress(address)), above the \(width.bits) bits that the \
            IOMMU of \(width.isKnown ? "the host" : "most hosts with an IGD") has
            """
        let remedy: Statement = "-cpu host,host-phys-bits-limit=\(width.bits)"
        return memory == .ram
            ? consequence(
                .fails, .hardwareError, place + ": QEMU ends, because it has to map the RAM there",
                ["address": .address(address)], remedy: remedy)
            : consequence(
                .works, .dmaMappingFails, place + ": a warning; other devices cannot reach it by DMA",
                ["address": .address(address)], remedy: remedy)
    }
}

/// What the host's IOMMU maps: as its kernel said, else as those of client processors do.
struct IOMMUWidth {
    let bits: Int
    let isKnown: Bool
    var limit: UInt64 { 1 << UInt64(bits) }

    init(_ topology: GuestTopology) {
        isKnown = topology.igd?.hostAddressWidth != nil
        bits = topology.igd?.hostAddressWidth ?? 39
    }
}

/// What QEMU has behind a BAR, for the IOMMU.
enum BARMemory: Hashable {
    /// Memory of a device of the host's (`memory_region_init_ram_device_ptr`).
    case hostDevice
    /// RAM of QEMU's own.
    case ram
    /// Functions of QEMU's, which no DMA reaches.
    case none

    /// Models with RAM behind these BARs.
    ///
    /// Source: hw/misc/ivshmem.c, hw/misc/pci-testdev.c, hw/display/{vga-pci,bochs-display,qxl,vmware_vga,cirrus_vga,ati}.c
    private static let models: [String: Set<Int>] = [
        "ivshmem-plain": [2], "ivshmem-doorbell": [2], "VGA": [0], "secondary-vga": [0], "bochs-display": [0],
        "virtio-vga": [0], "qxl": [0, 1, 4], "qxl-vga": [0, 1, 4], "vmware-svga": [1, 2], "cirrus-vga": [0],
        "ati-vga": [0],
    ]

    static func behind(_ bar: BARIndex, of function: PCIFunction, in topology: GuestTopology) -> BARMemory {
        switch function.origin {
        case .igd: return .hostDevice
        case .machine, .igdCompanion, .expander: break
        case .device(let index):
            let device = topology.devices[index]
            if ["vfio-pci", "vfio-pci-nohotplug", "vfio-user-pci"].contains(device.model) { return .hostDevice }
            if device.model == "pci-testdev", bar == .bar(2) {
                return ["on", "true"].contains(device["membar-backed"]?.description ?? "off") ? .ram : .none
            }
            if bar != .rom, models[device.model]?.contains(bar.position) == true { return .ram }
        }
        // A placement that adds a BAR puts memory behind it.
        return topology.addedBARs.contains {
            $0.slot.devfn == function.devfn && $0.bar.index == bar && function.bus == 0
        }
            ? .ram : .none
    }
}

import BerthDiagnostics
import BerthHost
import BerthPCI
import BerthTopology

/// The guest's RAM lies where the host's firmware keeps addresses for the device's DMA.
struct ReservedForDMA: Problem {
    let id: RuleID = "reserved-for-dma"
    let summary = "the guest's memory lies in a range that the host keeps for the device's DMA (RMRR)"
    let documentation = """
        VFIO refuses to map memory at addresses that a device has to reach on the host. Of graphics and USB devices Linux calls such \
        ranges relaxable, since 5.3: the device needed them until its driver came, and a guest's memory may be there. Where a kernel does \
        not, or another device of the IOMMU group has one, QEMU ends with 'vfio_container_dma_map(...) = -22'. \
        /sys/kernel/iommu_groups/N/reserved_regions has the ranges.
        """
    let sources = [
        "Linux drivers/iommu/intel/iommu.c device_rmrr_is_relaxable",
        "Linux drivers/vfio/vfio_iommu_type1.c vfio_iommu_resv_exclude",
    ]
    let scope = ProblemScope.guest

    func find(in situation: Situation) -> [Consequence] {
        guard let igd = situation.igd, let host = situation.host,
            let group = host.function(at: igd.host)?.state.group
        else { return [] }
        let layout = situation.topology.ramLayout
        let memory = [
            GuestRange(start: GuestPhysicalAddress(0), size: layout.below4GiB),
            GuestRange(start: GuestPhysicalAddress(1 << 32), size: layout.above4GiB),
        ].compactMap { $0 }
        let kept = host.reservations.filter { entry in
            guard entry.group == group, entry.kind == .direct || entry.kind == .reserved else { return false }
            return memory.contains {
                $0.start.rawValue <= entry.range.last.rawValue && entry.range.start.rawValue <= $0.last.rawValue
            }
        }
        guard let first = kept.first else { return [] }
        // In whole MiB, as machine types take it.
        let below = first.range.start.rawValue >> 20
        let kernel: Statement = "a kernel from 5.3 on, if the range is the IGD's own"
        return [
            consequence(
                .fails, .refusesToStart,
                "the guest's RAM lies over \(first.range), which the host keeps for the DMA of IOMMU group \(group)",
                ["address": .address(first.range.start.rawValue)],
                remedy: below < 256 ? kernel : "max-ram-below-4g=\(Int(below))M, or \(kernel)")
        ]
    }
}

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
        often says 40 and more. The mappings fail, and what needs them does not work.
        """
    let sources = [
        "QEMU docs/igd-assign.txt, known issues: host-phys-bits-limit"
    ]
    let scope = ProblemScope.guest

    func find(in situation: Situation) -> [Consequence] {
        guard situation.evaluation.outcome.halted == nil else { return [] }
        let limit: UInt64 = 1 << 39
        let tree = situation.evaluation.tree
        for (index, function) in tree.functions.enumerated() {
            for bar in function.bars where !bar.kind.isIO {
                guard let address = situation.evaluation.outcome.functions[index].addresses[bar.index], address >= limit
                else { continue }
                return [
                    consequence(
                        .degraded, .dmaMappingFails,
                        """
                        \(name: function.name) \(bar.index) is at \(GuestPhysicalAddress(address)), above the 39 bits that \
                        the IOMMU of most hosts with an IGD has
                        """, ["address": .address(address)],
                        remedy: "-cpu host,host-phys-bits-limit=39")
                ]
            }
        }
        return []
    }
}

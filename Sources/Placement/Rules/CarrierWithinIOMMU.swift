import BerthBoot
import BerthDiagnostics
import BerthPCI
import BerthTopology

/// QEMU has to map a carrier's memory for the IGD, where the host's IOMMU can.
struct CarrierWithinIOMMU: Rule {
    let id: RuleID = "carrier-within-iommu"
    let watchesBoot = true
    let summary = "the host's IOMMU can map the carrier's memory where the firmware puts it"
    let documentation = """
        The memory behind a dummy BAR is RAM of QEMU's, which is mapped for every assigned device when the BAR gets its address. \
        Client processors' IOMMUs take 39 bits as a rule; where the mapping fails, QEMU ends: 'vfio: DMA mapping failed, unable \
        to continue'.
        """
    let sources = ["QEMU hw/vfio/listener.c vfio_container_region_add: other RAM than a device's ends with hw_error"]

    func judge(_ berth: RegionBerth, in evaluation: Evaluation) -> [Judgement] {
        guard case .bar = berth.backing, let address = evaluation.predictedAddress(of: berth).exact,
            let last = address.advanced(by: berth.reserved)
        else { return [] }
        let width = IOMMUWidth(evaluation.topology)
        guard last.rawValue > width.limit else { return [] }
        return [
            .rejects(
                Fact(
                    id,
                    "QEMU ends where it has to map RAM at \(address), above the \(width.bits) bits of \(width.isKnown ? "the host's" : "most hosts'") IOMMU",
                    ["address": .address(address.rawValue), "limit": .address(width.limit)],
                    remedy: "-cpu host,host-phys-bits-limit=\(width.bits)"), .startRefused)
        ]
    }
}

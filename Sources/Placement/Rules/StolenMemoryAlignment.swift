import BerthDiagnostics
import BerthPCI
import BerthTopology

/// BDSM has no bits below 1 MiB.
struct StolenMemoryAlignment: Rule {
    let id: RuleID = "stolen-memory-alignment"
    let watchesBoot = true
    let summary = "stolen memory starts at a multiple of 1 MiB"
    let documentation = """
        Bits 31:20 (63:20 from gen 11) of BDSM are the address; bit 0 is a lock. A range that starts elsewhere cannot be \
        named by the register.
        """
    let sources = ["Linux include/drm/intel/i915_drm.h INTEL_BSM_MASK"]

    func judge(_ berth: RegionBerth, in evaluation: Evaluation) -> [Judgement] {
        guard berth.region == .stolenMemory, let address = evaluation.predictedAddress(of: berth).exact else {
            return []
        }
        let numbers: [String: Fact.Quantity] = ["address": .address(address.rawValue), "alignment": .bytes(1 << 20)]
        if address.isAligned(to: .mib(1)) { return [.holds(Fact(id, "\(address) is a multiple of 1 MiB", numbers))] }
        return [
            .rejects(
                Fact(
                    id, "\(address) is not a multiple of 1 MiB, so BDSM cannot name it", numbers,
                    remedy: "at least 1 MiB of stolen memory"), .impossible)
        ]
    }
}

import BerthDiagnostics
import BerthTopology

/// The OpRegion is a mailbox: drivers write to it.
struct DriverCanWrite: Rule {
    let id: RuleID = "driver-can-write"
    let summary = "what the driver writes to the OpRegion is kept"
    let documentation = """
        Drivers note in the OpRegion that they are ready, ask for the backlight and answer events. Writes that are dropped \
        do no harm to the picture; what the driver asked for does not happen. A cost, never a rejection.
        """
    let sources = [
        "google/crosvm devices/src/pci/vfio_pci.rs: writes are ignored, tested with Linux",
        "Linux drivers/gpu/drm/i915/display/intel_opregion.c asle_work, intel_opregion_register",
    ]

    func judge(_ berth: RegionBerth, in evaluation: Evaluation) -> [Judgement] {
        guard berth.region == .opRegion else { return [] }
        switch berth.combination.memory {
        case .hostMemoryReadOnly, .forwardedReads:
            return [.costs(Fact(id, "what the driver writes to the OpRegion is dropped"))]
        case .none: return []
        default: return [.holds(Fact(id, "the driver can write to its OpRegion"))]
        }
    }
}

import BerthDiagnostics
import BerthIGD
import BerthPCI
import BerthTopology

/// The firmware reserved something else than what was wanted.
struct StolenMemoryElsewhere: Problem {
    let id: RuleID = "stolen-memory-elsewhere"
    let summary = "BDSM points at what the firmware reserved by itself, not at what was wanted"
    let documentation = """
        In legacy mode QEMU always asks the firmware for something: up to 9.1, without x-igd-gms, for the GTT alone \
        (etc/igd-bdsm-size is GGMS plus 32 MiB times x-igd-gms). SeaBIOS reserves that and writes BDSM, so the video BIOS \
        has its picture; but the control word says that there is no data stolen memory, and the driver goes without. Up to \
        gen 7 i915 does not use it under a hypervisor anyhow.
        """
    let sources = [
        "QEMU 9.1 hw/vfio/igd.c vfio_probe_igd_bar4_quirk: bdsm_size = ggms_mb + vfio_igd_gms_mb",
        "SeaBIOS 1.16.2 src/fw/pciinit.c intel_igd_setup",
    ]
    let scope = ProblemScope.region

    func find(in situation: Situation) -> [Consequence] {
        guard let fact = situation.rejection(.memoryElsewhere), let berth = situation.berth,
            situation.guest.isWindows || situation.guest.isLinux && situation.generation.map({ $0 >= .gen8 }) ?? true
        else { return [] }
        let visible = situation.topology.visibleStolenMemory
        guard visible < berth.needed else { return [] }
        let statement: Statement =
            visible == .zero
            ? fact.statement : "the guest has \(visible) of stolen memory, not \(berth.needed): \(fact.statement)"
        return [
            consequence(
                .degraded, visible == .zero ? .noStolenMemory : .memoryMissing, statement, fact.quantities,
                remedy: fact.remedy)
        ]
    }
}

import BerthDiagnostics
import BerthStack
import BerthTopology

/// The video BIOS programs the GTT while BDSM is 0.
struct VideoBIOSWithoutStolenMemory: Problem {
    let id: RuleID = "video-bios-without-stolen-memory"
    let summary = "the video BIOS programs the GTT while BDSM is 0"
    let documentation = """
        Up to QEMU 9.2 the guest dies: 'vfio-igd: Guest attempted to program IGD GTT before BIOS reserved stolen \
        memory'. Seen with so little RAM that SeaBIOS could not reserve what it was asked for; a request that is merely \
        smaller than what the guest is to have does not stop it, because BDSM is written then. From 10.0 on the \
        GPU writes to address 0 and up in graphics modes; text mode is fine.
        """
    let sources = [
        "QEMU 9.1 hw/vfio/igd.c vfio_igd_quirk_data_write",
        "https://github.com/intel/gvt-linux/issues/158",
    ]
    let scope = ProblemScope.region

    /// The dword that QEMU looks at, whatever the generation (`IGD_BDSM` in hw/vfio/igd.c up to 9.1).
    private static let register = 0x5c

    func find(in situation: Situation) -> [Consequence] {
        guard situation.runsVideoBIOS, situation.berth?.region == .stolenMemory,
            let fact = situation.rejection(.memoryMissing), let qemu = situation.qemu,
            situation.evaluation.firmwareWrote(to: Self.register) == nil
        else { return [] }
        if qemu.era < .v10_0, qemu.legacyMode == .on {
            return [
                consequence(
                    .fails, .hardwareError,
                    "Guest attempted to program IGD GTT before BIOS reserved stolen memory: \(fact.statement)",
                    fact.quantities, remedy: fact.remedy)
            ]
        }
        return [
            consequence(
                .degraded, .dmarFaults, "the video BIOS draws from address 0 on in graphics modes: \(fact.statement)",
                fact.quantities, remedy: fact.remedy)
        ]
    }
}

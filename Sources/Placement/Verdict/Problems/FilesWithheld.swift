import BerthDiagnostics
import BerthStack
import BerthTopology

/// QEMU makes no fw_cfg files because legacy mode was refused.
struct FilesWithheld: Problem {
    let id: RuleID = "files-withheld"
    let summary = "the firmware finds no fw_cfg files, because legacy mode was refused"
    let documentation = """
        Up to 9.2 the files belong to legacy mode: one failed check, and the guest starts without them and \
        without BDSM. From 10.0 on an automatic legacy mode that fails takes them along. People put them in by \
        hand with -fw_cfg; BDSM is still not emulated then.
        """
    let sources = [
        "https://github.com/patmagauran/i915ovmfPkg/issues/14",
        "QEMU hw/vfio/igd.c, the error label of 10.0",
    ]
    let scope = ProblemScope.guest

    func find(in situation: Situation) -> [Consequence] {
        guard let qemu = situation.qemu, qemu.startFailure == nil, let refusal = qemu.legacyMode.refusal else {
            return []
        }
        let byHand = situation.topology.givesFirmwareFile(FirmwareFile.opRegion)
        return [
            consequence(
                .degraded, .filesMissing,
                """
                QEMU \(situation.topology.qemu) makes no etc/igd-bdsm-size\
                \(byHand ? ", etc/igd-opregion was given by hand, and BDSM is not emulated" : ""): \(refusal)
                """, remedy: "what legacy mode asks for, or x-igd-legacy-mode=off from QEMU 10.0 on")
        ]
    }
}

import BerthDiagnostics
import BerthIGD
import BerthStack
import BerthTopology

/// QEMU does not know this generation.
struct GenerationRefused: Problem {
    let id: RuleID = "generation-refused"
    let summary = "this release of QEMU does not know the device"
    let documentation = """
        'is unsupported in legacy mode, try SandyBridge or newer': the list of devices differs by release. 9.2 \
        lost parts that 9.1 took for gen 8. 10.0 then sets nothing up, not even the OpRegion; from 10.1 on a \
        device without number gets its OpRegion.
        """
    let sources = [
        "QEMU hw/vfio/igd.c igd_gen of each release",
        "https://github.com/LongQT-sea/intel-igpu-passthru, note 3",
    ]
    let scope = ProblemScope.guest

    func find(in situation: Situation) -> [Consequence] {
        guard let qemu = situation.qemu, let igd = situation.igd, qemu.generation < 0, qemu.era < .v10_1,
            igd.platform?.isSupportedForPassthrough == true
        else { return [] }
        return [
            consequence(
                .degraded, .filesMissing,
                """
                \(vendor: 0x8086, device: igd.device) is unsupported in legacy mode, try SandyBridge or newer: QEMU \
                \(situation.topology.qemu) does not know it
                """, remedy: "QEMU 10.1")
        ]
    }
}

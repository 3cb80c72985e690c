import BerthDiagnostics
import BerthIGD
import BerthStack
import BerthTopology

/// i915 flickers on Haswell in a UEFI guest.
struct HaswellUnderOVMF: Problem {
    let id: RuleID = "haswell-under-ovmf"
    let summary = "on Haswell a UEFI guest with QEMU 11.0 shows glitches"
    let documentation = """
        Reported for QEMU 11.0.1; the cause is not known.
        """
    let sources = [
        "https://gitlab.com/qemu-project/qemu/-/work_items/3535"
    ]
    let scope = ProblemScope.guest

    func find(in situation: Situation) -> [Consequence] {
        guard situation.igd?.platform == .haswell, situation.firmware.isUEFI, situation.guest.isLinux,
            situation.topology.qemu.isReportedToGarbleHaswell
        else { return [] }
        return [
            consequence(
                .degraded, .garbledScreen,
                "i915 glitches were reported for Haswell in a UEFI guest with QEMU 11.0.1; nobody knows why",
                remedy: "an earlier QEMU, or SeaBIOS")
        ]
    }
}

import BerthDiagnostics
import BerthPCI
import BerthStack
import BerthTopology

/// The host's kernel or QEMU has no OpRegion for this device.
struct OpRegionRefused: Problem {
    let id: RuleID = "opregion-refused"
    let summary = "x-igd-opregion=on, and the device has no OpRegion to offer"
    let documentation = """
        The kernel offers an OpRegion for a display of class VGA only up to Linux 6.14, and only where the \
        host's firmware set ASLS. Up to QEMU 9.2 asking for it then keeps the guest from starting: 'does not \
        support requested IGD OpRegion feature: No such device'. 10.0 and 10.1 leave the file out; from 10.2 and \
        Linux 6.15 on other displays have one, too.
        """
    let sources = [
        "https://github.com/intel/gvt-linux/issues/19",
        "https://github.com/intel/gvt-linux/issues/214",
        "Linux commit 41112160ca87 (6.15)",
    ]
    let scope = ProblemScope.guest

    func find(in situation: Situation) -> [Consequence] {
        guard let igd = situation.igd, let qemu = situation.qemu, igd.isAskingForOpRegion(qemu.era) else { return [] }
        let isDisplay = !igd.classCode.isVGA && !situation.topology.qemu.offersOpRegionToAnyDisplay
        let isUnset = igd.opRegion == .zero || igd.hostASLS == 0 || igd.hostASLS == .max
        guard isDisplay || isUnset else { return [] }
        let reason: Statement =
            isUnset ? "the host has no OpRegion (ASLS is not set)" : "the IGD has class \(igd.classCode), not VGA"
        if qemu.era < .v10_0 {
            return [
                consequence(
                    .fails, .refusesToStart, "does not support requested IGD OpRegion feature: \(reason)",
                    remedy: "the IGD as primary display of the host, or x-igd-opregion=off")
            ]
        }
        return [
            consequence(
                .degraded, .filesMissing, "QEMU \(situation.topology.qemu) offers no etc/igd-opregion: \(reason)",
                remedy: "the IGD as primary display of the host; QEMU 10.2 with Linux 6.15 on the host")
        ]
    }
}

import BerthDiagnostics
import BerthPCI
import BerthStack
import BerthTopology

/// A virtual function of the IGD has no OpRegion.
struct VirtualFunction: Problem {
    let id: RuleID = "virtual-function"
    let summary = "the host function is a virtual one, which has no OpRegion"
    let documentation = """
        SR-IOV functions (00:02.1 and up) have neither OpRegion nor stolen memory of their own. Asked for an \
        OpRegion, QEMU up to 10.0 refuses them; from 10.1 on it lets them be.
        """
    let sources = [
        "https://gitlab.com/qemu-project/qemu/-/issues/2968",
        "QEMU commit 0992ea07dbb5 (10.1): a device without OpRegion is no IGD",
    ]
    let scope = ProblemScope.guest

    func find(in situation: Situation) -> [Consequence] {
        guard let igd = situation.igd, let qemu = situation.qemu, igd.host.bus == 0, igd.host.device == 2,
            igd.host.function > 0, igd.isAskingForOpRegion(qemu.era),
            !situation.topology.qemu.takesVirtualFunctions
        else { return [] }
        return [
            consequence(
                .fails, .refusesToStart, "\(igd.host) is a virtual function, which has no OpRegion",
                remedy: "opregion: 0 and stolen-memory: 0, so that x-igd-opregion=off is written")
        ]
    }
}

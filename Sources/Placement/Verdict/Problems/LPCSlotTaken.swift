import BerthDiagnostics
import BerthStack
import BerthTopology

/// Something is where the LPC bridge of legacy mode has to be.
struct LPCSlotTaken: Problem {
    let id: RuleID = "lpc-slot-taken"
    let summary = "something is at 00:1f.0, where legacy mode puts its LPC bridge"
    let documentation = """
        QEMU's legacy mode needs 00:1f.0 for a bridge with the host's ids. On q35 ICH9 is there; on pc it was a \
        bridge that Proxmox used to put there. Up to 9.2 nothing else emulates BDSM or makes the fw_cfg files; \
        x-igd-lpc=on keeps QEMU from starting.
        """
    let sources = [
        "https://github.com/dziny/OSX_GVT-D",
        "proxmox/qemu-server commit 13d68979",
        "QEMU hw/vfio/igd.c, 'Sorry Q35'",
    ]
    let scope = ProblemScope.guest

    func find(in situation: Situation) -> [Consequence] {
        guard let qemu = situation.qemu else { return [] }
        let refusals = [qemu.startFailure, qemu.legacyMode.refusal]
        guard let refusal = refusals.compactMap({ $0 }).first(where: { $0.cause == .lpcSlotTaken }) else { return [] }
        let isFatal = qemu.startFailure == refusal
        return [
            consequence(
                isFatal ? .fails : .degraded, isFatal ? .refusesToStart : .noEarlyPicture,
                "QEMU \(situation.topology.qemu): \(refusal)",
                remedy: situation.topology.machine.type == .q35
                    ? "machine pc, or QEMU 10.0 and no x-igd-lpc" : "another slot for what is at 00:1f.0")
        ]
    }
}

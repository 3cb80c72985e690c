import BerthDiagnostics
import BerthTopology

/// The ROM looks for the host's LPC bridge.
struct LPCIdentityDiffers: Problem {
    let id: RuleID = "lpc-identity-differs"
    let summary = "the ROM looks for the host's LPC bridge at 00:1f.0 and finds another"
    let documentation = """
        QEMU's condition 2: video BIOS and GOP driver compare the ids of the bridge at 00:1f.0 with a list of \
        their own. Legacy mode and x-igd-lpc=on copy the host's, on pc only; 10.1 no longer does so by itself \
        from gen 11 on. On q35 ICH9 is there; many GOP drivers were seen to work beside it all the same.
        """
    let sources = [
        "QEMU docs/igd-assign.txt, condition 2, required by VBIOS and EFI GOP",
        "https://github.com/LongQT-sea/intel-igpu-passthru, note 4",
    ]
    let scope = ProblemScope.guest

    func find(in situation: Situation) -> [Consequence] {
        guard situation.runsVideoBIOS || situation.runsGOP, let qemu = situation.qemu, !qemu.createsLPCBridge else {
            return []
        }
        let who = situation.runsGOP ? "the GOP driver" : "the video BIOS"
        let isPC = situation.topology.machine.type == .pc
        // Reports of pictures beside ICH9 outweigh the condition, which the documentation has of ROMs in general.
        let isSeenToWork = situation.runsGOP || !isPC
        return [
            consequence(
                isSeenToWork ? .works : .degraded, .noEarlyPicture,
                """
                \(name: who) looks for the host's LPC bridge at 00:1f.0, and \
                \(isPC ? "there is none" : "q35 has ICH9 there (8086:2918)")\
                \(isSeenToWork ? "; reported to work all the same" : "")
                """,
                remedy: isPC
                    ? "x-igd-lpc=on (QEMU 10.0), or legacy mode" : "machine pc, where the ROM does not show a picture",
                source: isSeenToWork ? sources.last : nil)
        ]
    }
}

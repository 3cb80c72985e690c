import BerthDiagnostics
import BerthStack
import BerthTopology

/// There is no ROM that this firmware could run.
struct NoOptionROM: Problem {
    let id: RuleID = "no-option-rom"
    let summary = "there is no ROM that the firmware could run"
    let documentation = """
        QEMU's condition 6: without a video BIOS (SeaBIOS) or a GOP driver (OVMF) nobody shows a picture before \
        the OS driver does. The driver itself needs neither.
        """
    let sources = [
        "QEMU docs/igd-assign.txt, condition 6, required by VBIOS and EFI GOP"
    ]
    let scope = ProblemScope.guest

    func find(in situation: Situation) -> [Consequence] {
        guard situation.igd != nil, !situation.firmware.isUEFI, !situation.runsVideoBIOS else { return [] }
        let isEverything = situation.guest == .firmwareOnly
        return [
            consequence(
                isEverything ? .fails : .degraded, isEverything ? .blackScreen : .noEarlyPicture,
                "SeaBIOS has no video BIOS to run", remedy: "romfile= with a video BIOS, up to gen 9")
        ]
    }
}

import BerthDiagnostics
import BerthIGD
import BerthTopology

/// The ROM looks for the IGD at 00:02.0.
struct NotAtSlot2: Problem {
    let id: RuleID = "not-at-slot-2"
    let summary = "the IGD is not at 00:02.0, where ROMs look for it"
    let documentation = """
        QEMU's condition 3: video BIOS, GOP driver and PlatformGopPolicy look at 00:02.0 and nowhere else. \
        Intel's Windows driver for gen 12 was seen with Code 43 elsewhere.
        """
    let sources = [
        "QEMU docs/igd-assign.txt, condition 3, required by VBIOS and EFI GOP",
        "https://github.com/tomitamoeko/VfioIgdPkg/issues/5",
    ]
    let scope = ProblemScope.guest

    func find(in situation: Situation) -> [Consequence] {
        guard let slot = situation.igd?.slot, !situation.isAtVGASlot else { return [] }
        if situation.guest.isWindows, situation.generation == .gen12 {
            return [
                consequence(
                    .fails, .code43, "the IGD is at \(short: slot), and on gen 12 Windows wants it at 00:02.0",
                    remedy: "the IGD at 00:02.0")
            ]
        }
        guard situation.runsVideoBIOS || situation.runsGOP else { return [] }
        return [
            consequence(
                .degraded, .noEarlyPicture, "the IGD is at \(short: slot), and the ROM looks at 00:02.0",
                remedy: "the IGD at 00:02.0")
        ]
    }
}

import BerthDiagnostics
import BerthTopology

/// The video BIOS or the GOP driver finds no OpRegion.
struct OptionROMWithoutOpRegion: Problem {
    let id: RuleID = "option-rom-without-opregion"
    let summary = "the ROM finds no OpRegion and shows nothing"
    let documentation = """
        Video BIOS and GOP driver need the table of outputs (QEMU's condition 1). There is no picture until the \
        OS driver has one; in a guest without OS there is none at all.
        """
    let sources = [
        "QEMU docs/igd-assign.txt, condition 1, required by VBIOS and EFI GOP",
        "tomitamoeko/VfioIgdPkg PlatformGopPolicy/PlatformGopPolicy.c",
    ]
    let scope = ProblemScope.region

    func find(in situation: Situation) -> [Consequence] {
        guard situation.runsVideoBIOS || situation.runsGOP, situation.berth?.region == .opRegion,
            let fact = situation.rejection(.memoryMissing)
        else { return [] }
        let who = situation.runsGOP ? "the GOP driver" : "the video BIOS"
        let isEverything = situation.guest == .firmwareOnly
        return [
            consequence(
                isEverything ? .fails : .degraded, isEverything ? .blackScreen : .noEarlyPicture,
                "\(name: who) finds no OpRegion: \(fact.statement)", fact.quantities, remedy: fact.remedy)
        ]
    }
}

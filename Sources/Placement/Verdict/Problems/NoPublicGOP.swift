import BerthDiagnostics
import BerthIGD
import BerthTopology

/// There is no GOP driver that this platform could use.
struct NoPublicGOP: Problem {
    let id: RuleID = "no-public-gop"
    let summary = "no GOP driver for the platform can be had, and Windows wants one"
    let documentation = """
        Windows' driver was seen with Code 43 where no GOP driver had set the display up: on Tiger Lake without \
        GOP, on Panther Lake, whose GOP cannot be taken out of the host's firmware. A ROM with VfioIgdPkg may \
        have a GOP driver; from Panther Lake on none is public.
        """
    let sources = [
        "https://github.com/LongQT-sea/intel-igpu-passthru/issues/35",
        "https://github.com/tomitamoeko/VfioIgdPkg/issues/5",
    ]
    let scope = ProblemScope.guest

    func find(in situation: Situation) -> [Consequence] {
        guard situation.guest.isWindows, let generation = situation.generation, generation >= .gen12 else { return [] }
        if generation >= .xe3 {
            return [
                consequence(.fails, .code43, "no GOP driver for \(generation) is public, and Windows wants one")
            ]
        }
        guard !situation.runsGOP else { return [] }
        return [
            consequence(
                .fails, .code43, "no GOP driver has set the display up, which Windows wants from gen 12 on",
                remedy: "OVMF, and romfile= with VfioIgdPkg's drivers and a GOP driver")
        ]
    }
}

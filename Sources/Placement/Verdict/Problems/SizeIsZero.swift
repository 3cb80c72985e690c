import BerthDiagnostics
import BerthIGD
import BerthPCI
import BerthStack
import BerthTopology

/// The control word says 0, so the ROM places nothing.
struct SizeIsZero: Problem {
    let id: RuleID = "size-is-zero"
    let summary = "VfioIgdPkg places no stolen memory, because the control word says 0"
    let documentation = """
        VfioIgdPkg takes the size from the control word, not from etc/igd-bdsm-size. QEMU up to 9.1 clears it in \
        legacy mode unless x-igd-gms is given; then BDSM stays 0 and the picture is garbled.
        """
    let sources = [
        "https://github.com/gangqizai/igd/issues/20",
        "https://github.com/tomitamoeko/VfioIgdPkg/issues/5",
    ]
    let scope = ProblemScope.guest

    func find(in situation: Situation) -> [Consequence] {
        guard situation.runsGOP, situation.igd?.rom.contents?.placesRegions == true,
            situation.igd?.platform?.placesStolenMemory == true, situation.topology.visibleStolenMemory == .zero
        else { return [] }
        return [
            consequence(
                .degraded, .garbledScreen,
                "the control word says 0, so that VfioIgdPkg leaves BDSM at 0",
                remedy: "x-igd-gms=0x2, or more; a size in the host's firmware")
        ]
    }
}

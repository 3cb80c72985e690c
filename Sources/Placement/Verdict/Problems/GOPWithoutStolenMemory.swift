import BerthDiagnostics
import BerthTopology

/// The GOP driver draws while BDSM is 0.
struct GOPWithoutStolenMemory: Problem {
    let id: RuleID = "gop-without-stolen-memory"
    let summary = "the GOP driver has no memory to draw into"
    let documentation = """
        OVMF's first picture lies in stolen memory. With BDSM at 0 it is garbled or missing until the OS driver \
        takes over; the ROM's log has 'failed to allocate BDSM: Not Found' where the memory was too small.
        """
    let sources = [
        "https://github.com/gangqizai/igd/issues/20",
        "https://github.com/tomitamoeko/VfioIgdPkg/issues/5",
    ]
    let scope = ProblemScope.region

    func find(in situation: Situation) -> [Consequence] {
        guard situation.runsGOP, situation.berth?.region == .stolenMemory,
            let fact = situation.rejection(.memoryMissing)
        else {
            return []
        }
        return [
            consequence(
                situation.guest == .firmwareOnly ? .fails : .degraded, .garbledScreen,
                "the GOP driver has no memory to draw into: \(fact.statement)", fact.quantities, remedy: fact.remedy)
        ]
    }
}

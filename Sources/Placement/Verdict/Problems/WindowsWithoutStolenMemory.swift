import BerthDiagnostics
import BerthTopology

/// Intel's Windows driver finds no stolen memory.
struct WindowsWithoutStolenMemory: Problem {
    let id: RuleID = "windows-without-stolen-memory"
    let summary = "Intel's Windows driver finds no stolen memory"
    let documentation = """
        The driver uses stolen memory for its first surfaces and for the microcontroller's firmware. With BDSM \
        at 0 it stops: Code 43, or nothing on the screen.
        """
    let sources = [
        "https://github.com/tomitamoeko/VfioIgdPkg/issues/5",
        "https://github.com/lf-edge/eve/pull/6432",
    ]
    let scope = ProblemScope.region

    func find(in situation: Situation) -> [Consequence] {
        guard situation.guest.isWindows, situation.berth?.region == .stolenMemory,
            let fact = situation.rejection(.memoryMissing)
        else {
            return []
        }
        return [
            consequence(.fails, .code43, "no stolen memory: \(fact.statement)", fact.quantities, remedy: fact.remedy)
        ]
    }
}

import BerthDiagnostics
import BerthTopology

/// Intel's Windows driver finds no OpRegion.
struct WindowsWithoutOpRegion: Problem {
    let id: RuleID = "windows-without-opregion"
    let summary = "Intel's Windows driver finds no OpRegion"
    let documentation = """
        The driver reads the wiring of the display out of the OpRegion (QEMU's condition 1). Without one it does \
        not start: Code 43 in the device manager.
        """
    let sources = [
        "QEMU docs/igd-assign.txt, condition 1, required by Windows",
        "https://github.com/LongQT-sea/intel-igpu-passthru/issues/21",
    ]
    let scope = ProblemScope.region

    func find(in situation: Situation) -> [Consequence] {
        guard situation.guest.isWindows, situation.berth?.region == .opRegion,
            let fact = situation.rejection(.memoryMissing)
        else {
            return []
        }
        return [consequence(.fails, .code43, "no OpRegion: \(fact.statement)", fact.quantities, remedy: fact.remedy)]
    }
}

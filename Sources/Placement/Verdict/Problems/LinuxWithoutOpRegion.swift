import BerthDiagnostics
import BerthTopology

/// i915 finds no OpRegion.
struct LinuxWithoutOpRegion: Problem {
    let id: RuleID = "linux-without-opregion"
    let summary = "i915 finds no OpRegion and guesses"
    let documentation = """
        i915 makes up a table of outputs (QEMU's condition 1, with its footnote). Panels, HDMI behind converters \
        and the backlight may stay dark.
        """
    let sources = [
        "QEMU docs/igd-assign.txt, condition 1, note 1: i915 can mock an OpRegion",
        "Linux drivers/gpu/drm/i915/display/intel_opregion.c",
    ]
    let scope = ProblemScope.region

    func find(in situation: Situation) -> [Consequence] {
        guard situation.guest.isLinux, situation.berth?.region == .opRegion,
            let fact = situation.rejection(.memoryMissing)
        else {
            return []
        }
        return [
            consequence(
                .degraded, .guessedOutputs, "no OpRegion: \(fact.statement)", fact.quantities, remedy: fact.remedy)
        ]
    }
}

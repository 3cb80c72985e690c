import BerthDiagnostics
import BerthIGD
import BerthTopology

/// The reserved part at the top lies outside of relocated stolen memory.
struct ReservedPartOutside: Problem {
    let id: RuleID = "reserved-part-outside"
    let summary = "from gen 11 on i915 drops stolen memory that was moved"
    let documentation = """
        A register that nobody emulates says where the part for the microcontroller is, at the top of the host's \
        stolen memory. i915 finds it outside of the range that BDSM names and does without stolen memory: \
        'Stolen reserved area ... outside stolen memory'. From reading the source, not measured.
        """
    let sources = [
        "Linux drivers/gpu/drm/i915/gem/i915_gem_stolen.c init_reserved_stolen (derived)"
    ]
    let scope = ProblemScope.region

    func find(in situation: Situation) -> [Consequence] {
        guard situation.guest.isLinux, let generation = situation.generation, generation >= .gen11,
            situation.isRelocated
        else { return [] }
        return [
            consequence(
                .degraded, .noStolenMemory,
                "the reserved part at the top is where the host has it, outside of what BDSM names (not measured)")
        ]
    }
}

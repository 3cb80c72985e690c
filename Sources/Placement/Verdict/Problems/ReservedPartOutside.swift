import BerthDiagnostics
import BerthIGD
import BerthTopology

/// The reserved part at the top lies outside of relocated stolen memory.
struct ReservedPartOutside: Problem {
    let id: RuleID = "reserved-part-outside"
    let summary = "i915 drops stolen memory that was moved away from its reserved part"
    let documentation = """
        A register that nobody emulates, 0x1082C0 behind BAR 0, says where the part for the microcontroller and for power \
        contexts is, at the top of the host's stolen memory. i915 finds it outside of the range that BDSM names and does \
        without stolen memory: 'Stolen reserved area ... outside stolen memory'. It reads the register from gen 6 on; up to \
        gen 10 only where bit 0, which the host's firmware sets as a rule, is set. Up to gen 7 it does not use stolen memory \
        under a hypervisor anyhow.
        """
    let sources = [
        "Linux drivers/gpu/drm/i915/gem/i915_gem_stolen.c init_reserved_stolen: gen6_, gen7_, bdw_, chv_, icl_get_stolen_reserved",
        "https://github.com/Centaurus99/pve-igd-passthrough docs/analysis.md: seen on gen 12, with DMAR faults",
        "https://github.com/lf-edge/eve/pull/6432: registers that drivers hold against each other, so that stolen memory has to lie "
            + "where the host has it",
    ]
    let scope = ProblemScope.region

    func find(in situation: Situation) -> [Consequence] {
        guard situation.guest.isLinux, let generation = situation.generation, generation >= .gen8, situation.isRelocated
        else { return [] }
        let isCertain = generation >= .gen11
        return [
            consequence(
                .degraded, .noStolenMemory,
                """
                the reserved part at the top is where the host has it, outside of what BDSM names\
                \(isCertain ? "" : ", unless bit 0 of 0x1082C0 is clear")
                """, source: sources[isCertain ? 1 : 0])
        ]
    }
}

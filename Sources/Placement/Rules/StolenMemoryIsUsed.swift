import BerthBoot
import BerthDiagnostics
import BerthIGD
import BerthPCI
import BerthTopology

/// Stolen memory that i915 drops is as good as none.
struct StolenMemoryIsUsed: Rule {
    let id: RuleID = "stolen-memory-is-used"
    let summary = "the guest's driver uses the stolen memory that it is given"
    let documentation = """
        From gen 11 on i915 reads where the reserved part is out of 0x1082C0 behind BAR 0, which shows the host's address, and \
        drops stolen memory that does not contain it. Guest RAM at the host's base does; everything else serves the firmware's \
        picture alone. Up to gen 10 the same holds where bit 0 of the register is set, which nobody sees from outside.
        """
    let sources = [
        "Linux drivers/gpu/drm/i915/gem/i915_gem_stolen.c init_reserved_stolen, icl_get_stolen_reserved",
        "https://github.com/Centaurus99/pve-igd-passthrough docs/analysis.md",
    ]

    func judge(_ berth: RegionBerth, in evaluation: Evaluation) -> [Judgement] {
        guard berth.region == .stolenMemory, berth.needed > .zero, evaluation.topology.guest.isLinux,
            let generation = evaluation.topology.igd?.platform?.generation, generation >= .gen11,
            evaluation.consumers.contains(where: { $0.region == .stolenMemory && $0.phases.upperBound == .runtime }),
            evaluation.isRelocated(berth)
        else { return [] }
        return [
            .loses(
                Fact(
                    id,
                    "i915 drops stolen memory on \(name: generation.description): its reserved part is where the host has it",
                    remedy: "guest RAM at the host's base (host-base-ram)"), .memoryUnused)
        ]
    }
}

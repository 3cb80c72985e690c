import BerthDiagnostics
import BerthIGD
import BerthTopology

/// i915 goes on without stolen memory.
struct LinuxWithoutStolenMemory: Problem {
    let id: RuleID = "linux-without-stolen-memory"
    let summary = "i915 finds no stolen memory and goes on without"
    let documentation = """
        Lost are frame buffer compression and the memory itself. Up to gen 7 nothing is: i915 does not use \
        stolen memory there under a hypervisor, because it assumes VT-d.
        """
    let sources = [
        "Linux drivers/gpu/drm/i915/gem/i915_gem_stolen.c i915_gem_init_stolen"
    ]
    let scope = ProblemScope.region

    func find(in situation: Situation) -> [Consequence] {
        guard situation.guest.isLinux, situation.berth?.region == .stolenMemory,
            let fact = situation.rejection(.memoryMissing),
            situation.generation.map({ $0 >= .gen8 }) ?? true
        else { return [] }
        return [consequence(.degraded, .noStolenMemory, fact.statement, fact.quantities, remedy: fact.remedy)]
    }
}

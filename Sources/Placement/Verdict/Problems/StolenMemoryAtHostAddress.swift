import BerthDiagnostics
import BerthPCI
import BerthTopology

/// BDSM shows the host's address.
struct StolenMemoryAtHostAddress: Problem {
    let id: RuleID = "stolen-memory-at-host-address"
    let summary = "BDSM shows the host's address, and the GPU is sent there"
    let documentation = """
        Where QEMU does not emulate BDSM, whoever reads it gets the host's number. A video BIOS or GOP driver \
        has the GPU write there: faults 'PTE Write access is not set' at stolen addresses, or other memory of \
        the guest. Linux takes the same range out of its memory map, and uses it if there is RAM. Where the guest has RAM at \
        that address, nothing faults, and the picture is there: reported to work with Windows 10 on pc, QEMU 8.0 and an \
        Alder Lake; but nobody keeps that RAM free.
        """
    let sources = [
        "https://github.com/patmagauran/i915ovmfPkg/issues/23",
        "https://github.com/patmagauran/i915ovmfPkg/issues/16",
        "Linux arch/x86/kernel/early-quirks.c intel_graphics_stolen",
        "https://github.com/gangqizai/igd/pull/7",
    ]
    let scope = ProblemScope.region

    func find(in situation: Situation) -> [Consequence] {
        guard let fact = situation.rejection(.hostAddress) else { return [] }
        let base = situation.igd?.hostStolenBase
        let place: Statement? = base.map { " (\($0))" }
        let draws = situation.runsVideoBIOS || situation.runsGOP
        if draws, !situation.topology.hasRAMAtHostBase {
            return [
                consequence(
                    .fails, .dmarFaults, "the ROM has the GPU draw at the host's address\(place): \(fact.statement)",
                    fact.quantities, remedy: fact.remedy)
            ]
        }
        // Linux keeps it free; of Windows `windows-loses-memory` speaks.
        if situation.guest.isLinux { return [linux(fact, place)] }
        guard draws else { return [] }
        return [
            consequence(
                .degraded, .garbledScreen,
                """
                the ROM has the GPU draw into RAM of the guest at the host's address\(place), which nobody keeps free; \
                reported to work: \(fact.statement)
                """, fact.quantities, remedy: fact.remedy, source: sources.last)
        ]
    }

    private func linux(_ fact: Fact, _ place: Statement?) -> Consequence {
        consequence(
            .degraded, .memoryMissing, "Linux takes the host's range\(place) out of its RAM: \(fact.statement)",
            fact.quantities, remedy: fact.remedy)
    }
}

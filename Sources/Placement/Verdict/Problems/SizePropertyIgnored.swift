import BerthDiagnostics
import BerthPCI
import BerthStack
import BerthTopology

/// QEMU 9.2 ignores x-igd-gms.
struct SizePropertyIgnored: Problem {
    let id: RuleID = "size-property-ignored"
    let summary = "QEMU 9.2 ignores x-igd-gms"
    let documentation = """
        9.2 takes the host's size whatever x-igd-gms says. Where the host has little, half of the screen stays \
        black.
        """
    let sources = [
        "QEMU commit 971ca22f041b (9.2)",
        "QEMU commit 37f05a59e869 (10.0) restores it",
        "https://github.com/tomitamoeko/VfioIgdPkg/issues/5",
    ]
    let scope = ProblemScope.guest

    func find(in situation: Situation) -> [Consequence] {
        guard let igd = situation.igd, situation.qemu?.era == .v9_2, igd[property: "x-igd-gms"] != nil,
            igd.hostStolenMemory < igd.stolenMemory
        else { return [] }
        return [
            consequence(
                .degraded, .partlyBlack,
                "QEMU 9.2 ignores x-igd-gms: the guest gets the host's \(igd.hostStolenMemory), not \(igd.stolenMemory)",
                ["host": .bytes(igd.hostStolenMemory.rawValue), "wanted": .bytes(igd.stolenMemory.rawValue)],
                remedy: "QEMU 10.0, or a larger 'DVMT Pre-Allocated' in the host's firmware")
        ]
    }
}

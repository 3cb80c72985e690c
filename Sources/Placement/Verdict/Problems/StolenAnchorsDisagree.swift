import BerthDiagnostics
import BerthIGD
import BerthTopology

/// Registers that nobody emulates still show the host's stolen memory.
struct StolenAnchorsDisagree: Problem {
    let id: RuleID = "stolen-anchors-disagree"
    let summary = "on gen 12 Windows reads the host's addresses out of registers nobody emulates"
    let documentation = """
        GSMBASE (0x108100 behind BAR 0) and BGSM (0xf0) keep the host's values when stolen memory has another \
        address in the guest. Intel's driver for gen 12 was seen with a black band and corruption. Emulating \
        these two as well did not help: they are checked against others. Guest RAM at the host's number does.
        """
    let sources = [
        "https://github.com/lf-edge/eve/pull/6407",
        "https://github.com/lf-edge/eve/pull/6432",
        "https://github.com/Centaurus99/pve-igd-passthrough rom/patches/host-bdsm",
    ]
    let scope = ProblemScope.region

    func find(in situation: Situation) -> [Consequence] {
        guard situation.guest.isWindows, situation.generation == .gen12, situation.isRelocated else { return [] }
        return [
            consequence(
                .degraded, .partlyBlack, "GSMBASE and BGSM still show the host's addresses, and no QEMU emulates them",
                remedy:
                    "guest RAM at the host's base: OVMF, QEMU 10.0, and a ROM that reserves it there (host-base-ram)")
        ]
    }
}

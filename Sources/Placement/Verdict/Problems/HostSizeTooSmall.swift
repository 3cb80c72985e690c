import BerthDiagnostics
import BerthPCI
import BerthTopology

/// The host's own stolen memory is too small for Windows.
struct HostSizeTooSmall: Problem {
    let id: RuleID = "host-size-too-small"
    let summary = "the host's firmware gives less stolen memory than Windows wants"
    let documentation = """
        A strategy that hands the host's memory on gets the size that the host's firmware was set to (DVMT \
        pre-allocated). Some firmware has 64 MiB at most, with which Windows showed nothing. Memory of the \
        guest's own can have any size.
        """
    let sources = [
        "https://github.com/projectacrn/acrn-hypervisor/issues/8863"
    ]
    let scope = ProblemScope.region

    func find(in situation: Situation) -> [Consequence] {
        guard situation.guest.isWindows, situation.berth?.region == .stolenMemory, situation.state == .served,
            let berth = situation.berth, berth.combination.memory == .hostMemory, berth.needed <= .mib(64)
        else { return [] }
        return [
            consequence(
                .degraded, .blackScreen,
                "the host has \(berth.needed) of stolen memory, with which Windows may show nothing",
                ["size": .bytes(berth.needed.rawValue)],
                remedy: "a larger 'DVMT Pre-Allocated' in the host's firmware, or memory of the guest's own")
        ]
    }
}

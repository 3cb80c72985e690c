import BerthDiagnostics
import BerthIGD
import BerthPCI
import BerthTopology

/// The host's memory under another number: not every register can be made to say so.
struct RegistersAgree: Rule {
    let id: RuleID = "registers-agree"
    let summary = "the host's memory is where registers that nobody emulates say it is"
    let documentation = """
        From gen 11 on Intel's Windows driver reads the base of stolen memory behind BAR 0, and there are more registers \
        with host addresses that no VMM emulates: GSMBASE, the reserved part at the top, what the microcontroller reads. \
        The host's own memory at another number contradicts them; ACRN uses the host's number there.
        """
    let sources = [
        "projectacrn/acrn-hypervisor devicemodel/hw/pci/passthrough.c: identity from gen 11 on",
        "https://github.com/lf-edge/eve/pull/6432: registers are cross-checked",
    ]

    func judge(_ berth: RegionBerth, in evaluation: Evaluation) -> [Judgement] {
        guard berth.region == .stolenMemory, case .range(let address?) = berth.backing,
            berth.combination.memory == .hostMemory, let igd = evaluation.topology.igd,
            let generation = igd.platform?.generation, generation >= .gen11, evaluation.topology.guest.isWindows
        else { return [] }
        if igd.hostStolenBase?.rawValue == address.rawValue { return [.holds(Fact(id, "\(address) is the host's"))] }
        return [
            .rejects(
                Fact(
                    id,
                    "\(address) is not the host's base, which the Windows driver reads behind BAR 0 on \(generation)",
                    ["address": .address(address.rawValue)], remedy: "the host's own address: host-identity"),
                .impossible)
        ]
    }
}

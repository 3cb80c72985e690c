import BerthDiagnostics
import BerthPCI
import BerthTopology

/// What the machine has where the berth needs something.
struct MachineSupportsBerth: Rule {
    let id: RuleID = "machine-support"
    let summary = "the machine has what the berth needs"
    let documentation = """
        QEMU's legacy mode needs 00:1f.0 for a copy of the host's LPC bridge; on q35 ICH9 is there. A BAR on the LPC bridge \
        needs one to be there: on pc QEMU makes it only in legacy mode or with x-igd-lpc=on.
        """
    let sources = ["QEMU hw/vfio/igd.c vfio_pci_igd_lpc_bridge_realize; docs/igd-assign.txt"]

    func judge(_ berth: RegionBerth, in evaluation: Evaluation) -> [Judgement] {
        guard berth.carrier == .lpcBridge, let slot = berth.slot, !evaluation.isServed(slot) else { return [] }
        guard evaluation.tree.index(at: slot) != nil else {
            return [
                .rejects(
                    Fact(
                        id,
                        "there is no LPC bridge at 00:1f.0 of this \(evaluation.topology.machine.type) guest",
                        remedy: "legacy mode, x-igd-lpc=on (QEMU 10.0), or q35"), .impossible)
            ]
        }
        return [.holds(Fact(id, "there is an LPC bridge at 00:1f.0"))]
    }
}

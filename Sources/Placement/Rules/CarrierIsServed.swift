import BerthDiagnostics
import BerthTopology

/// A carrier that a program beside QEMU shows to the guest is there as long as that program is.
struct CarrierIsServed: Rule {
    let id: RuleID = "carrier-is-served"
    let summary = "what a carrier's server means for the life of the guest is known"
    let documentation = """
        QEMU connects once. When the server is gone, the guest runs on until its next reset, then QEMU aborts: 'DMA mapping \
        failed, unable to continue'. Nothing blocks migration, save or snapshot of such a guest, and none of them takes the \
        memory along: the destination has a function without addresses and with other contents. Both were measured with QEMU \
        11.1 and libvirt 12.8.
        """
    let sources = ["QEMU 11.1 hw/vfio-user/proxy.c, container.c; measured: docs/carrier.md"]

    func judge(_ berth: RegionBerth, in evaluation: Evaluation) -> [Judgement] {
        guard let slot = berth.slot, evaluation.isServed(slot) else { return [] }
        return [
            .costs(
                Fact(
                    id, "migration, save and snapshot lose \(berth.region) without a word: QEMU does not block them",
                    remedy: "no migration of this guest; a shutdown instead of save")),
            .costs(
                Fact(
                    id, "the guest dies at its next reset once the server of \(short: slot) is gone",
                    remedy: "the unit berth-carrier@.service, which nothing restarts under a guest")),
        ]
    }
}

extension Evaluation {
    /// Whether a vfio-user server is behind the function there.
    func isServed(_ slot: Slot) -> Bool {
        topology.devices.contains { $0.model == UserDevice.model && $0.slot == slot }
    }
}

import BerthDiagnostics
import BerthPCI
import BerthTopology

/// Guest RAM that is wanted at a number has to be there.
struct RangeIsRAM: Rule {
    let id: RuleID = "range-is-ram"
    let summary = "there is guest RAM at the address that was chosen"
    let documentation = """
        A strategy that reserves guest RAM at a given address needs RAM there. The host's base often lies above the RAM \
        that a guest has below 4 GiB: q35 ends it at 2 GiB as soon as the guest has 2.75 GiB.
        """
    let sources = ["QEMU hw/i386/pc_q35.c, hw/i386/pc_piix.c pc_init1: where RAM below 4 GiB ends"]

    func judge(_ berth: RegionBerth, in evaluation: Evaluation) -> [Judgement] {
        guard case .range(let address?) = berth.backing, berth.combination.memory == .guestRAM,
            let range = GuestRange(start: address, size: berth.reserved)
        else { return [] }
        let end = evaluation.topology.ramLayout.below4GiB
        let numbers: [String: Fact.Quantity] = [
            "address": .address(address.rawValue), "ramEnd": .address(end.rawValue),
        ]
        if let ram = GuestRange(start: 0, size: end), ram.contains(range) {
            return [.holds(Fact(id, "\(range) is guest RAM", numbers))]
        }
        return [
            .rejects(
                Fact(
                    id, "\(range) is not guest RAM, which ends at \(GuestPhysicalAddress(end.rawValue))", numbers,
                    remedy: "more RAM below 4 GiB: machine pc, or max-ram-below-4g"), .impossible)
        ]
    }
}

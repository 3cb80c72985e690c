import BerthBoot
import BerthDiagnostics
import BerthPCI
import BerthTopology

/// A range that somebody fixed must not be in use.
struct AddressIsFree: Rule {
    let id: RuleID = "address-is-free"
    let summary = "nothing else is at the chosen address"
    let documentation = """
        The host's address is a number like any other in the guest: there may be RAM, a BAR or a chipset register. RAM \
        hides what lies under it.
        """
    let sources = ["QEMU hw/pci/pci.c: the PCI address space is an alias of lower priority than RAM"]

    /// Where RAM is wanted at the address, `range-is-ram` judges.
    private func fixedAddress(_ berth: RegionBerth) -> GuestPhysicalAddress? {
        switch berth.backing {
        case .hostMemory(let address): address.identityMapped
        case .range(let address): berth.combination.memory == .guestRAM ? nil : address
        case .nothing, .reservedRAM, .bar: nil
        }
    }

    func judge(_ berth: RegionBerth, in evaluation: Evaluation) -> [Judgement] {
        guard let address = fixedAddress(berth), let range = GuestRange(start: address, size: berth.reserved) else {
            return []
        }
        let layout = evaluation.topology.ramLayout
        if let ram = GuestRange(start: 0, size: layout.below4GiB), ram.overlaps(range) {
            return [
                .rejects(
                    Fact(
                        id, "\(range) is guest RAM, which ends at \(Hexadecimal.string(layout.below4GiB.rawValue))",
                        ["address": .address(address.rawValue), "ramEnd": .address(layout.below4GiB.rawValue)],
                        remedy: "RAM below 4 GiB that ends there: max-ram-below-4g"))
            ]
        }
        if let ram = GuestRange(start: 0x1_0000_0000, size: layout.above4GiB), ram.overlaps(range) {
            return [
                .rejects(
                    Fact(
                        id, "\(range) is guest RAM above 4 GiB, which takes \(ram)",
                        ["address": .address(address.rawValue), "ramEnd": .address(ram.last.rawValue)]))
            ]
        }
        for (index, function) in evaluation.tree.functions.enumerated() {
            for bar in function.bars where !bar.kind.isIO {
                guard let start = evaluation.outcome.functions[index].addresses[bar.index],
                    let taken = GuestRange(start: GuestPhysicalAddress(start), size: bar.kind.size),
                    taken.overlaps(range)
                else { continue }
                return [
                    .rejects(
                        Fact(
                            id, "\(range) is taken by \(function.name) \(bar.index) at \(taken)",
                            ["address": .address(address.rawValue), "taken": .address(start)]))
                ]
            }
        }
        return [.holds(Fact(id, "nothing else is at \(range)"))]
    }
}

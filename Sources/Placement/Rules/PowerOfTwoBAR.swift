import BerthDiagnostics
import BerthPCI

/// A BAR has the size of a power of two, a region often has not.
struct PowerOfTwoBAR: Rule {
    let id: RuleID = "power-of-two-bar"
    let summary = "a dummy BAR is rounded up to a power of two"
    let documentation = """
        PCI knows no other sizes. 96 MiB of stolen memory need a BAR of 128 MiB; the rest is lost address space.
        """
    let sources = ["PCI Local Bus 3.0 §6.2.5.1", "QEMU hw/pci/pci.c pci_register_bar asserts it"]

    func judge(_ berth: RegionBerth, in evaluation: Evaluation) -> [Judgement] {
        guard case .bar = berth.backing else { return [] }
        let numbers: [String: Fact.Quantity] = [
            "needed": .bytes(berth.needed.rawValue), "bar": .bytes(berth.reserved.rawValue),
        ]
        if berth.needed == berth.reserved { return [.holds(Fact(id, "\(berth.needed) is a power of two", numbers))] }
        return [
            .costs(
                Fact(
                    id, "\(berth.needed) need a BAR of \(berth.reserved); \(berth.reserved - berth.needed) are lost",
                    numbers))
        ]
    }
}

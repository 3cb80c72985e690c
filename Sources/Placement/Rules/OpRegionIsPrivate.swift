import BerthDiagnostics
import BerthPCI
import BerthTopology

/// The guest must not write to the host's OpRegion.
struct OpRegionIsPrivate: Rule {
    let id: RuleID = "opregion-private"
    let summary = "the guest writes to a copy of the OpRegion, not to the host's"
    let documentation = """
        The SWSCI mailbox asks the host's firmware to act. A guest that can write to it reaches the host's SMM code. A \
        copy is private, and can be aligned to a page whatever the host's address is.
        """
    let sources = [
        "SeaBIOS list, 2 February 2016: the guest must not trigger host SCI or ACPI methods through SWSCI",
        "Linux drivers/vfio/pci/vfio_pci_igd.c: writes to the region give EINVAL",
    ]

    func judge(_ berth: RegionBerth, in evaluation: Evaluation) -> [Judgement] {
        guard berth.region == .opRegion else { return [] }
        guard case .hostMemory(let page) = berth.backing else {
            return berth.backing == .nothing ? [] : [.holds(Fact(id, "the guest has a copy of its own"))]
        }
        var judgements: [Judgement] = [
            .rejects(
                Fact(
                    id, "the guest could write to the host's OpRegion, its SWSCI mailbox included",
                    ["page": .address(page.rawValue)],
                    remedy: "a copy, by any other strategy"))
        ]
        if let asls = evaluation.topology.igd?.hostASLS, asls & 0xfff != 0 {
            let offset = UInt64(asls & 0xfff)
            judgements.append(
                .costs(
                    Fact(
                        id,
                        "the host's OpRegion starts \(Hexadecimal.string(offset)) into its page: the mapping begins at \(page), takes "
                            + "\(berth.reserved), shows what else is there, and ASLS keeps the offset",
                        ["offset": .address(offset), "mapped": .bytes(berth.reserved.rawValue)])))
        }
        return judgements
    }
}

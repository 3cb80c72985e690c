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
        var judgements: [Judgement] = []
        switch berth.combination.memory {
        case .none: return []
        case .guestRAM, .barRAM, .qemuBuffer: return [.holds(Fact(id, "the guest has a copy of its own"))]
        case .forwardedReads: return [.holds(Fact(id, "the guest reads the host's OpRegion and cannot write to it"))]
        case .hostMemoryReadOnly: break
        case .hostMemory:
            judgements.append(
                .rejects(
                    Fact(
                        id, "the guest could write to the host's OpRegion, its SWSCI mailbox included",
                        remedy: "a copy, by any other strategy"), .hostExposed))
        }
        if let asls = evaluation.topology.igd?.hostASLS, asls & 0xfff != 0 {
            let offset = UInt64(asls & 0xfff)
            judgements.append(
                .costs(
                    Fact(
                        id,
                        """
                        the host's OpRegion starts \(HostPhysicalAddress(offset)) into its page: the mapping begins at \
                        \(HostPhysicalAddress(UInt64(asls) - offset)), takes \(mapped(berth, offset)), shows what else is \
                        there, and ASLS keeps the offset
                        """,
                        ["offset": .address(offset), "mapped": .bytes(mapped(berth, offset).rawValue)])))
        }
        return judgements
    }

    /// Whole pages, the first one included.
    private func mapped(_ berth: RegionBerth, _ offset: UInt64) -> ByteCount {
        (berth.needed + ByteCount(offset)).roundedUp(to: .kib(4))
    }
}

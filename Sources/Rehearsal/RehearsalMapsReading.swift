import BerthBoot
import BerthPCI
import BerthReport
import BerthTopology

extension RehearsalRows {
    /// Where everything lies, predicted and real; nil where a firmware stopped. `plan`: with the IGD that something stands in for.
    func maps(of plan: GuestTopology) -> RehearsalMaps? {
        guard predicted.observation.halted == nil, observed.halted == nil else { return nil }
        let igd = plan.igd?.id
        return RehearsalMaps(
            predicted: AddressMap(predicted.observation, regions: regions(plan, isReal: false), igd: igd),
            real: AddressMap(observed, regions: regions(plan, isReal: true), igd: igd))
    }

    /// Regions lie where the registers of the display point.
    private func regions(_ plan: GuestTopology, isReal: Bool) -> [AddressMap.Placed] {
        guard let igd = plan.igd else { return [] }
        let visible = plan.visibleStolenMemory
        let sizes: [(Region, String, ByteCount)] = [
            (.stolenMemory, "BDSM", visible == .zero ? igd.stolenMemory : visible), (.opRegion, "ASLS", igd.opRegion),
        ]
        return sizes.compactMap { region, name, size in
            guard size > .zero, let low = register(name, isReal) else { return nil }
            let high = register("\(name), upper half", isReal) ?? 0
            // The low bits of BDSM are flags.
            let start = (high << 32 | low) & ~0xfff
            guard start > 0 else { return nil }
            return GuestRange(start: GuestPhysicalAddress(start), size: size).map {
                AddressMap.Placed(region, $0, facts: "where \(name) points")
            }
        }
    }

    private func register(_ name: String, _ isReal: Bool) -> UInt64? {
        guard let seen = observed.registers?.first(where: { $0.name == name }) else { return nil }
        guard !isReal else { return seen.value }
        return predicted.tree.functions.indices.first {
            predicted.tree.place(of: predicted.tree.functions[$0]) == seen.bdf
        }.flatMap { value(of: seen.offset, $0) }
    }
}

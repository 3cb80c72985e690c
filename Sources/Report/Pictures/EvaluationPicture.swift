import BerthBoot
import BerthPCI
import BerthPlacement
import BerthTopology

/// What was judged, as it is drawn: by the boot it was judged by.
extension AddressMap {
    /// The guest with both regions berthed.
    init(_ evaluation: Evaluation) {
        var outcome = evaluation.outcome
        if let guest = evaluation.guest {
            outcome.functions = guest.functions
            outcome.busNumbers = guest.busNumbers
        }
        self.init(
            evaluation.topology, evaluation.tree, outcome,
            regions: evaluation.berths.compactMap { Placed($0, evaluation) },
            floating: evaluation.berths.compactMap { Floating($0, evaluation) })
    }
}

extension AddressMap.Placed {
    /// Nil where nobody can tell the address, or there is none.
    init?(_ berth: RegionBerth, _ evaluation: Evaluation) {
        guard let start = evaluation.predictedAddress(of: berth).exact,
            let range = GuestRange(start: start, size: berth.reserved)
        else { return nil }
        self.init(berth.region, range, facts: "\(berth.strategy): \(Descriptions.carrier(berth))")
    }
}

extension AddressMap.Floating {
    /// Nil for what does not lie somewhere in RAM.
    init?(_ berth: RegionBerth, _ evaluation: Evaluation) {
        guard case .below(let limit) = evaluation.predictedAddress(of: berth), berth.reserved > .zero else {
            return nil
        }
        self.init(region: berth.region, size: berth.reserved, limit: limit)
    }
}

package import BerthBoot
import BerthPCI
import BerthPlacement
package import BerthTopology

/// One guest as a picture shows it: where everything lies, how it hangs together, and when it is there.
package struct GuestPicture: Hashable, Sendable {
    package let map: AddressMap
    package let tree: PictureTree
    package let timeline: PictureTimeline

    /// `regions`: where they lie, where somebody can tell.
    package init(
        _ topology: GuestTopology, _ outcome: BootOutcome, exposures: [Exposure], regions: [AddressMap.Placed],
        floating: [AddressMap.Floating]
    ) {
        map = AddressMap(topology, outcome.tree, outcome.final, regions: regions, floating: floating)
        tree = PictureTree(outcome.tree, outcome.final)
        timeline = PictureTimeline(outcome, exposures: exposures)
    }

    /// Of a guest as it is; nil where its firmware stops.
    package init?(_ topology: GuestTopology, _ outcome: BootOutcome) {
        guard outcome.firmware.halted == nil else { return nil }
        let regions = GuestMap(topology, outcome).guest.compactMap { place -> AddressMap.Placed? in
            guard case .region(let region) = place.owner else { return nil }
            return AddressMap.Placed(region, place.range, facts: "where its register points")
        }
        self.init(
            topology, outcome, exposures: outcome.exposures, regions: regions, floating: [])
    }
}

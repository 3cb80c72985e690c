import BerthDiagnostics
import BerthPCI
import BerthTopology

/// The host's OpRegion, mapped read-only.
struct ReadOnlyMap: Strategy {
    let id: StrategyID = "read-only-map"
    let summary = "the host's OpRegion, mapped read-only at an address that QEMU picks"
    let documentation = """
        As qemu-maps-host, but the guest cannot write, which keeps it away from the host's SWSCI mailbox. A \
        driver that writes to its own mailbox (ASLE, backlight) gets nothing done. An OpRegion that starts \
        inside a page shows the guest what else is in its pages.
        """
    let origin = Origin(
        "qemu-devel, 28 January 2016, OpRegion strategy 2")
    let sources = [
        "qemu-devel, 28 January 2016, Alex Williamson, strategy 2: 'really nothing changes' otherwise"
    ]

    func proposals(for region: Region, in request: Request) -> [Proposal] {
        guard region == .opRegion, request.igd.opRegion > .zero else { return [] }
        let berth = RegionBerth(
            region, strategy: id, needed: request.igd.opRegion, reserved: request.igd.opRegion.roundedUp(to: .kib(4)),
            backing: .range(nil), Combination(.qemu, .hostMemoryReadOnly, .qemu, .host),
            register: request.register(for: region),
            missing: [
                MissingPiece(.qemu, "no released QEMU maps the host's OpRegion into the guest")
            ])
        return [Proposal(berth, TopologyEdit(igdProperties: [Property("x-igd-opregion", .bool(false))]))]
    }
}

import BerthDiagnostics
import BerthPCI
import BerthTopology

/// QEMU maps the host's OpRegion at an address of its own.
struct QEMUMapsHost: Strategy {
    let id: StrategyID = "qemu-maps-host"
    let summary = "the host's OpRegion, mapped by QEMU at realize at an address that it picks"
    let documentation = """
        QEMU chooses an address, maps the host's pages there, shows the address in ASLS and makes the register \
        read-only, so no firmware has to change. QEMU has to keep the range out of the guest's memory map \
        itself, and nobody said how it should pick the address. The guest writes to the host's pages.
        """
    let origin = Origin(
        "qemu-devel, 28 January 2016, OpRegion strategy 1a")
    let sources = [
        "qemu-devel, 28 January 2016, Alex Williamson, strategies 1 to 4"
    ]

    func proposals(for region: Region, in request: Request) -> [Proposal] {
        guard region == .opRegion, request.igd.opRegion > .zero else { return [] }
        let berth = RegionBerth(
            region, strategy: id, needed: request.igd.opRegion, reserved: request.igd.opRegion.roundedUp(to: .kib(4)),
            backing: .range(nil), Combination(.qemu, .hostMemory, .qemu, .host),
            register: request.register(for: region),
            missing: [
                MissingPiece(.qemu, "no released QEMU maps the host's OpRegion into the guest")
            ])
        return [Proposal(berth, TopologyEdit(igdProperties: [Property("x-igd-opregion", .bool(false))]))]
    }
}

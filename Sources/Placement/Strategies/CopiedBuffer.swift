import BerthDiagnostics
import BerthPCI
import BerthTopology

/// A copy of the OpRegion in a buffer of QEMU's, mapped into the guest.
struct CopiedBuffer: Strategy {
    let id: StrategyID = "copied-buffer"
    let summary = "a copy in QEMU's own memory, mapped at an address that QEMU picks"
    let documentation = """
        QEMU copies the host's OpRegion into a buffer and maps that one, so that writes do not reach the host. \
        Beyond that nothing is gained over mapping the host's pages: the address is still to be found and the \
        range to be reserved.
        """
    let origin = Origin(
        "qemu-devel, 28 January 2016, OpRegion strategy 3")
    let sources = [
        "qemu-devel, 28 January 2016, Alex Williamson, strategy 3"
    ]

    func proposals(for region: Region, in request: Request) -> [Proposal] {
        guard region == .opRegion, request.igd.opRegion > .zero else { return [] }
        let berth = RegionBerth(
            region, strategy: id, needed: request.igd.opRegion, reserved: request.igd.opRegion.roundedUp(to: .kib(4)),
            backing: .range(nil), Combination(.qemu, .qemuBuffer, .qemu, .qemuCopy),
            register: request.register(for: region),
            missing: [
                MissingPiece(.qemu, "no released QEMU maps a copy of the OpRegion into the guest")
            ])
        return [Proposal(berth, TopologyEdit(igdProperties: [Property("x-igd-opregion", .bool(false))]))]
    }
}

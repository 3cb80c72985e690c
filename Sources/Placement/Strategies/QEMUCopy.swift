import BerthDiagnostics
import BerthPCI
import BerthTopology

/// QEMU copies the OpRegion into guest RAM before the guest runs.
struct QEMUCopy: Strategy {
    let id: StrategyID = "qemu-copy"
    let summary = "guest RAM that QEMU fills and reserves itself"
    let documentation = """
        QEMU copies the OpRegion into guest RAM, adds a reserved entry to etc/e820 and presets ASLS, which stays \
        a scratch register. No firmware has to change, but QEMU has to know an address that no firmware will use \
        for itself.
        """
    let origin = Origin(
        "qemu-devel, 28 January 2016, OpRegion strategy 4a")
    let sources = [
        "qemu-devel, 28 January 2016, Alex Williamson, strategy 4"
    ]

    func proposals(for region: Region, in request: Request) -> [Proposal] {
        guard region == .opRegion, request.igd.opRegion > .zero else { return [] }
        let berth = RegionBerth(
            region, strategy: id, needed: request.igd.opRegion, reserved: request.igd.opRegion.roundedUp(to: .kib(4)),
            backing: .range(nil), Combination(.qemu, .guestRAM, .qemu, .qemuCopy),
            register: request.register(for: region),
            missing: [
                MissingPiece(.qemu, "no released QEMU copies the OpRegion into guest RAM")
            ])
        return [Proposal(berth, TopologyEdit(igdProperties: [Property("x-igd-opregion", .bool(false))]))]
    }
}

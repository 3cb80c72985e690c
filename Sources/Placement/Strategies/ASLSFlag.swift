import BerthDiagnostics
import BerthPCI
import BerthTopology

/// Bit 0 of ASLS as a flag for 'this is a valid guest address'.
struct ASLSFlag: Strategy {
    let id: StrategyID = "asls-flag"
    let summary = "as firmware-reserved, with bit 0 of ASLS set as a hint to the driver"
    let documentation = """
        A hint, not a place: whoever writes ASLS also sets bit 0, so that a driver can tell a guest address from \
        the host's. Every bit of ASLS is address: i915 maps the raw value, finds no signature one byte further \
        on, and goes on without. ACRN keeps the low twelve bits of the host's value, where bit 0 may be set by \
        chance. The signature already tells a valid address from a wrong one, and where nothing is mapped the \
        driver fails before it could look at a flag.
        """
    let origin = Origin(
        "qemu-devel, 28 January 2016, Allen Kay")
    let sources = [
        "qemu-devel, 28 January 2016, Allen Kay and Alex Williamson",
        "Linux drivers/gpu/drm/i915/display/intel_opregion.c intel_opregion_setup maps the raw value",
    ]

    func proposals(for region: Region, in request: Request) -> [Proposal] {
        guard region == .opRegion, request.igd.opRegion > .zero else { return [] }
        var berth = RegionBerth(
            region, strategy: id, needed: request.igd.opRegion, reserved: request.igd.opRegion.roundedUp(to: .kib(4)),
            backing: .reservedRAM, Combination(.firmware, .guestRAM, .firmware, .firmwareCopy),
            register: request.register(for: region),
            missing: [
                MissingPiece(.firmware, "no firmware sets bit 0 of ASLS")
            ])
        berth.registerFlags = 1
        return [Proposal(berth, TopologyEdit(igdProperties: [Property("x-igd-opregion", .bool(true))]))]
    }
}

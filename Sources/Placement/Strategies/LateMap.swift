import BerthDiagnostics
import BerthPCI
import BerthTopology

/// The firmware copies, and QEMU may map the host's page over the copy.
struct LateMap: Strategy {
    let id: StrategyID = "late-map"
    let summary = "guest RAM that the firmware reserves, over which QEMU may map the host's pages"
    let documentation = """
        As firmware-reserved: contents over fw_cfg, the firmware copies and writes ASLS. On that write QEMU maps \
        the host's page over the copy if it is told to. The size is known beforehand, unlike with \
        firmware-maps-host. QEMU merged the first half; a comment in its code keeps the door open for the \
        second. With the map the guest writes to the host's pages.
        """
    let origin = Origin(
        "SeaBIOS list, 2 February 2016, OpRegion option 2a")
    let sources = [
        "SeaBIOS list, 2 February 2016, Alex Williamson",
        "QEMU hw/vfio/igd.c vfio_pci_igd_opregion_init: a write to ASLS could set up a direct map",
    ]

    func proposals(for region: Region, in request: Request) -> [Proposal] {
        guard region == .opRegion, request.igd.opRegion > .zero else { return [] }
        let berth = RegionBerth(
            region, strategy: id, needed: request.igd.opRegion, reserved: request.igd.opRegion.roundedUp(to: .kib(4)),
            backing: .reservedRAM, Combination(.firmware, .hostMemory, .firmware, .host),
            register: request.register(for: region),
            missing: [
                MissingPiece(.qemu, "no released QEMU maps the host's OpRegion over the firmware's copy")
            ])
        return [Proposal(berth, TopologyEdit(igdProperties: [Property("x-igd-opregion", .bool(true))]))]
    }
}

import BerthDiagnostics
import BerthPCI
import BerthTopology

/// The firmware picks the address and QEMU maps the host's OpRegion there.
struct FirmwareMapsHost: Strategy {
    let id: StrategyID = "firmware-maps-host"
    let summary = "the host's OpRegion, mapped where the firmware points ASLS"
    let documentation = """
        The firmware reserves memory and writes ASLS; the write makes the device model map the host's pages \
        there. Every firmware has to change, and it does not know the size before the region is mapped: map, \
        read, map again. ASLS becomes a control, which it is not on hardware. Xen's hvmloader reserves three \
        pages and lets its device model do the rest. The guest writes to the host's pages.
        """
    let origin = Origin(
        "qemu-devel, 28 January 2016, OpRegion strategy 1b",
        shippedBy: "Xen, hvmloader")
    let sources = [
        "xen-project/xen tools/firmware/hvmloader/pci.c, e820.c",
        "qemu-devel, 28 January 2016, Alex Williamson",
    ]

    func proposals(for region: Region, in request: Request) -> [Proposal] {
        guard region == .opRegion, request.igd.opRegion > .zero else { return [] }
        let berth = RegionBerth(
            region, strategy: id, needed: request.igd.opRegion, reserved: request.igd.opRegion.roundedUp(to: .kib(4)),
            backing: .reservedRAM, Combination(.firmware, .hostMemory, .firmware, .host),
            register: request.register(for: region),
            missing: [
                MissingPiece(.firmware, "neither SeaBIOS nor OVMF reserves an OpRegion without etc/igd-opregion"),
                MissingPiece(.qemu, "no released QEMU maps the host's OpRegion where ASLS points"),
            ])
        return [Proposal(berth, TopologyEdit(igdProperties: [Property("x-igd-opregion", .bool(false))]))]
    }
}

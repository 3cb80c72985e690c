import BerthDiagnostics
import BerthIGD
import BerthPCI
import BerthTopology

/// Guest RAM at the number that the host's base is.
struct HostBaseRAM: Strategy {
    let id: StrategyID = "host-base-ram"
    let summary = "guest RAM reserved at the host's base, so that every register agrees"
    let documentation = """
        The firmware reserves guest RAM at the same number that the host's stolen memory has. No register needs \
        to be emulated: BDSM, its mirror, GSMBASE, the reserved part at the top, and what the GPU's \
        microcontroller reads all show the host's number, and it is right. A fw_cfg file (etc/igd-stolen-base) \
        tells the firmware. Needs guest RAM at that number, and an IOMMU driver that lets other memory be mapped \
        where the host's firmware reserved its own, which Intel's does for graphics.
        """
    let origin = Origin(
        "EVE OS, August 2026, after emulating more registers had failed",
        shippedBy: "EVE OS")
    let sources = [
        "https://github.com/lf-edge/eve/pull/6432",
        "Linux drivers/iommu/intel/iommu.c device_rmrr_is_relaxable",
    ]

    func proposals(for region: Region, in request: Request) -> [Proposal] {
        guard region == .stolenMemory, request.platform?.placesStolenMemory == true,
            let base = request.hostStolenBase
        else { return [] }
        let needed = request.hostStolenSize
        guard needed > .zero else { return [] }
        let berth = RegionBerth(
            region, strategy: id, needed: needed, reserved: needed, backing: .range(base.identityMapped),
            Combination(.host, .guestRAM, .nobody, .none), register: request.register(for: region),
            missing: [
                MissingPiece(.firmware, "neither SeaBIOS nor VfioIgdPkg reads etc/igd-stolen-base"),
                MissingPiece(.qemu, "no released QEMU offers etc/igd-stolen-base or leaves BDSM alone"),
            ])
        return [Proposal(berth)]
    }
}

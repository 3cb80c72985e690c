import BerthDiagnostics
import BerthIGD
import BerthPCI
import BerthTopology

/// QEMU tells base and size, the firmware only reserves.
struct HostToldBase: Strategy {
    let id: StrategyID = "host-told-base"
    let summary = "QEMU tells the firmware base and size; the firmware only reserves the range"
    let documentation = """
        fw_cfg etc/igd-dsm-base and etc/igd-dsm-size name a range, which OVMF reserves early in PEI; QEMU shows \
        it in BDSM and maps what belongs there. The firmware need not know about the device at all. In EVE's \
        tree applied to the Xen flavour of OVMF.
        """
    let origin = Origin(
        "Intel, Colin Xu, 2021")
    let sources = [
        "lf-edge/eve pkg/uefi/edk2-patches/edk2-stable202208/0005",
        "lf-edge/eve docs/INTEL-IGPU-PASSTHROUGH.md",
    ]

    func proposals(for region: Region, in request: Request) -> [Proposal] {
        guard region == .stolenMemory, request.platform?.placesStolenMemory == true,
            let base = request.hostStolenBase
        else { return [] }
        let needed = request.hostStolenSize
        guard needed > .zero else { return [] }
        let berth = RegionBerth(
            region, strategy: id, needed: needed, reserved: needed, backing: .range(base.identityMapped),
            Combination(.qemu, .hostMemory, .qemu, .host), register: request.register(for: region),
            missing: [
                MissingPiece(.firmware, "no released OVMF or SeaBIOS reads etc/igd-dsm-base"),
                MissingPiece(.qemu, "no released QEMU offers etc/igd-dsm-base"),
            ])
        return [Proposal(berth)]
    }
}

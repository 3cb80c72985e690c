import BerthDiagnostics
import BerthIGD
import BerthPCI
import BerthStack
import BerthTopology

/// Guest RAM at the number that the host's base is.
struct HostBaseRAM: Strategy {
    let id: StrategyID = "host-base-ram"
    let summary = "guest RAM reserved at the host's base, so that every register agrees"
    let documentation = """
        Guest RAM is reserved at the same number that the host's stolen memory has. No register needs \
        to be emulated: BDSM, its mirror, GSMBASE, the reserved part at the top, and what the GPU's \
        microcontroller reads all show the host's number, and it is right. EVE tells the firmware by a fw_cfg file \
        (etc/igd-stolen-base). From QEMU 10.0 on a driver in the option ROM can do it alone, for gen 11 and 12 under OVMF: it reads \
        the host's base behind BAR 0, allocates that address, and writes BDSM at 0xc0. Needs guest RAM at that number, and an \
        IOMMU driver that lets other memory be mapped where the host's firmware reserved its own, which Intel's does for graphics.
        """
    let origin = Origin(
        "EVE OS, August 2026, after emulating more registers had failed",
        shippedBy: "EVE OS; Centaurus99's patch of VfioIgdPkg")
    let sources = [
        "https://github.com/lf-edge/eve/pull/6432",
        "https://github.com/Centaurus99/pve-igd-passthrough rom/patches/host-bdsm: AllocateAddress at BGSM plus the GTT's size",
        "Linux drivers/iommu/intel/iommu.c device_rmrr_is_relaxable",
    ]

    func proposals(for region: Region, in request: Request) -> [Proposal] {
        guard region == .stolenMemory, request.platform?.placesStolenMemory == true,
            let base = request.hostStolenBase
        else { return [] }
        let needed = request.hostStolenSize
        guard needed > .zero else { return [] }
        let isByROM = takesROM(request)
        let berth = RegionBerth(
            region, strategy: id, needed: needed, reserved: needed, backing: .range(base.identityMapped),
            Combination(.host, .guestRAM, isByROM ? .optionROM : .nobody, .none),
            register: request.register(for: region),
            missing: isByROM ? missingROM(request) : missingFirmware(request))
        // The ROM goes on with a copy of the OpRegion; the size it takes is the host's.
        let edit = TopologyEdit(igdProperties: isByROM ? [OpRegionFile.property(for: request)] : [])
        return [Proposal(berth, edit)]
    }

    private func takesROM(_ request: Request) -> Bool {
        guard let generation = request.platform?.generation, (.gen11...(.gen12)).contains(generation),
            request.topology.firmwareKind.isUEFI
        else { return false }
        return request.topology.qemu.switchesLegacyMode
    }

    private func missingROM(_ request: Request) -> [MissingPiece] {
        request.igd.rom.contents == .hostBase
            ? [] : [MissingPiece(.optionROM, "the IGD's ROM does not reserve guest RAM at the host's base")]
    }

    private func missingFirmware(_ request: Request) -> [MissingPiece] {
        let qemu: Statement =
            request.topology.qemu.switchesLegacyMode
            ? "a driver in an option ROM does it for gen 11 and 12 under OVMF alone; no released QEMU offers etc/igd-stolen-base"
            : "no QEMU before 10.0 lets an option ROM do it, and none offers etc/igd-stolen-base"
        return [
            MissingPiece(.firmware, "neither SeaBIOS nor VfioIgdPkg reads etc/igd-stolen-base"),
            MissingPiece(.qemu, qemu),
        ]
    }
}

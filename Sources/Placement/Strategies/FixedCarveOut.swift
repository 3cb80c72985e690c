import BerthDiagnostics
import BerthIGD
import BerthPCI
import BerthTopology

/// One address for every guest, the host's memory behind it.
struct FixedCarveOut: Strategy {
    let id: StrategyID = "fixed-carve-out"
    let summary = "the host's memory at one address for all guests: 0x7c000000"
    let documentation = """
        ACRN maps the host's stolen memory at guest address 0x7c000000 and 0x5000 bytes of the host's OpRegion \
        directly below, and leaves that range out of the guest's RAM. It keeps the low twelve bits of the host's \
        ASLS, as an OpRegion need not start on a page. Only up to gen 10: later Windows drivers read the base \
        from a register that shows the host's. The guest writes to host memory.
        """
    let origin = Origin(
        "ACRN, January 2020",
        shippedBy: "ACRN, up to gen 10")
    let sources = [
        "projectacrn/acrn-hypervisor devicemodel/include/pci_core.h GPU_DSM_GPA, GPU_OPREGION_SIZE",
        "projectacrn/acrn-hypervisor devicemodel/hw/pci/passthrough.c passthru_gpu_dsm_opregion",
    ]

    /// Where ACRN has stolen memory, and how much it sets aside for an OpRegion below it.
    private static let base: GuestPhysicalAddress = 0x7c00_0000
    private static let opRegionSize = ByteCount(0x5000)

    func proposals(for region: Region, in request: Request) -> [Proposal] {
        let needed = PerRegion(stolenMemory: request.hostStolenSize, opRegion: request.size(of: .opRegion))[region]
        let reserved = PerRegion(stolenMemory: needed, opRegion: Self.opRegionSize)[region]
        guard needed > .zero, request.platform?.placesStolenMemory == true, needed <= reserved else { return [] }
        // The OpRegion directly below stolen memory.
        let below = PerRegion(stolenMemory: 0, opRegion: Self.opRegionSize.rawValue)[region]
        let start = GuestPhysicalAddress(Self.base.rawValue - below)
        let berth = RegionBerth(
            region, strategy: id, needed: needed, reserved: reserved,
            backing: .range(start), Combination(.constant, .hostMemory, .qemu, .host),
            register: request.register(for: region),
            missing: [MissingPiece(.qemu, "no released QEMU maps the host's \(region) into the guest")])
        return [Proposal(berth)]
    }
}

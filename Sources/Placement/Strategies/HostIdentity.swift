import BerthDiagnostics
import BerthPCI
import BerthTopology

/// The region at the host's own address, the host's own memory behind it.
struct HostIdentity: Strategy {
    let id: StrategyID = "host-identity"
    let summary = "the host's own memory at the host's own address"
    let documentation = """
        Guest and host address are the same, so every register that cannot be virtualised is right as well: ACRN does \
        this from gen 11 on, Intel preferred it, Alex Williamson called it ugly. The guest's memory map has to leave \
        the range out, and the guest writes to host memory. The host's OpRegion is not always page aligned: the \
        mapping then starts at the page below and ASLS keeps the offset. QEMU has no such mapping.
        """
    let origin = Origin(
        "vfio-users, January 2018, and Intel, a direct map of stolen memory", shippedBy: "ACRN, from gen 11 on")
    let sources = [
        "projectacrn/acrn-hypervisor devicemodel/hw/pci/passthrough.c passthru_gpu_dsm_opregion",
        "vfio-users list, January 2018, 'IGD passthrough on UEFI platforms'",
    ]

    func proposals(for region: Region, in request: Request) -> [Proposal] {
        // The guest gets what the host has, whatever it asked for.
        let needed = PerRegion(stolenMemory: request.hostStolenSize, opRegion: request.size(of: .opRegion))[region]
        guard needed > .zero, let start = hostAddress(of: region, request) else { return [] }
        let offset = start.rawValue % 4096
        let reserved = (needed + ByteCount(offset)).roundedUp(to: .kib(4))
        let base = HostPhysicalAddress(start.rawValue - offset)
        let berth = RegionBerth(
            region, strategy: id, needed: needed, reserved: reserved, backing: .hostMemory(base),
            Combination(.host, .hostMemory, .nobody, .host), register: request.register(for: region),
            missing: [MissingPiece(.qemu, "no released QEMU maps the host's \(region) into the guest")])
        return [Proposal(berth)]
    }

    private func hostAddress(of region: Region, _ request: Request) -> HostPhysicalAddress? {
        switch region {
        case .stolenMemory: request.hostStolenBase
        case .opRegion: request.igd.hostASLS.flatMap { $0 == 0 || $0 == .max ? nil : HostPhysicalAddress(UInt64($0)) }
        }
    }
}

import BerthDiagnostics
import BerthPCI
import BerthTopology

/// The VMM answers reads of an MMIO range with the host's OpRegion.
struct CrosvmMMIO: Strategy {
    let id: StrategyID = "forwarded-mmio"
    let summary = "an MMIO range whose reads are passed on to the host and whose writes are dropped"
    let documentation = """
        The VMM takes a range below 4 GiB out of its MMIO allocator, presets ASLS and passes reads on to the \
        vfio region; writes are ignored, and no firmware is involved. The range is in no map of the guest's: it \
        lies in the hole, where nothing else is. Tested with Linux guests only; a driver that writes to its \
        mailbox gets nothing done.
        """
    let origin = Origin(
        "crosvm, June 2019",
        shippedBy: "crosvm")
    let sources = [
        "google/crosvm devices/src/pci/vfio_pci.rs, commit 5c6bf3e32"
    ]

    func proposals(for region: Region, in request: Request) -> [Proposal] {
        guard region == .opRegion, request.igd.opRegion > .zero else { return [] }
        let berth = RegionBerth(
            region, strategy: id, needed: request.igd.opRegion, reserved: request.igd.opRegion.roundedUp(to: .kib(4)),
            backing: .range(nil), Combination(.qemu, .forwardedReads, .qemu, .host),
            register: request.register(for: region),
            missing: [
                MissingPiece(.qemu, "no released QEMU has such a range; crosvm does")
            ])
        return [Proposal(berth, TopologyEdit(igdProperties: [Property("x-igd-opregion", .bool(false))]))]
    }
}

import BerthDiagnostics
import BerthStack
import BerthTopology

/// As firmware-reserved, and QEMU stops the guest when the firmware did not.
struct ReservedOrStop: Strategy {
    let id: StrategyID = "reserved-or-stop"
    let summary = "as firmware-reserved, and QEMU stops when the GTT is programmed before BDSM"
    let documentation = """
        QEMU watches the ports through which a video BIOS programs the GTT. If BDSM is still 0 by then, it stops \
        with 'Guest attempted to program IGD GTT before BIOS reserved stolen memory', instead of letting the GPU \
        write into whatever lies at the host's address. QEMU up to 9.2 does so in legacy mode, so that \
        firmware-reserved is this strategy there; 10.0 removed the trap, because it also falsified what a clean \
        video BIOS writes.
        """
    let origin = Origin(
        "SeaBIOS list, 13 February 2016: QEMU 'could halt with a hardware error'",
        shippedBy: "QEMU 2.7 to 9.2, in legacy mode")
    let sources = [
        "QEMU 9.1 hw/vfio/igd.c vfio_igd_quirk_data_write",
        "QEMU commit 5aed8b0f0be2 (10.0) removes it",
    ]

    func proposals(for region: Region, in request: Request) -> [Proposal] {
        guard region == .stolenMemory, !request.topology.qemu.trapsGTTWrites else { return [] }
        return FirmwareReserved().proposals(for: region, in: request).map { proposal in
            var proposal = proposal
            proposal.berth.strategy = id
            proposal.berth.missing = [MissingPiece(.qemu, "QEMU 10.0 removed the trap on the GTT")]
            return proposal
        }
    }
}

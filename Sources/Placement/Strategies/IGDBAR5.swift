import BerthDiagnostics
import BerthPCI
import BerthTopology

/// A dummy BAR on the IGD itself, in the one register it leaves free.
struct IGDBAR5: Strategy {
    let id: StrategyID = "igd-bar5"
    let summary = "BAR 5 of the IGD itself"
    let documentation = """
        The IGD uses registers 0 to 4 (two 64-bit BARs and a port pair), so register 5 is free for one 32-bit BAR; \
        there is room for one region only. Needs nothing of the firmware. Linux works; Windows 10 did not like the \
        additional BAR. No released QEMU has it.
        """
    let origin = Origin(
        "SeaBIOS list, 13 February 2016, fake BAR 5 of the IGD")
    let sources = ["SeaBIOS list, 13 February 2016, Alex Williamson: BAR 5, 'Windows 10 not so happy'"]

    func proposals(for region: Region, in request: Request) -> [Proposal] {
        let needed = request.size(of: region)
        guard needed > .zero, let size = request.barSize(for: region) else { return [] }
        let added = AddedBAR(slot: request.igd.slot, bar: BAR(.bar(5), .memory32(size: size, prefetchable: true)))
        let berth = RegionBerth(
            region, strategy: id, needed: needed, reserved: size,
            backing: .bar(request.igd.slot, .bar(5), carrier: .igd),
            .behindBAR(region, .qemu), register: request.register(for: region),
            missing: [MissingPiece(.qemu, "no released QEMU can put a BAR on the assigned IGD")])
        return [
            Proposal(berth, TopologyEdit(addedBARs: [added], igdProperties: Carried.properties(for: region, request)))
        ]
    }
}

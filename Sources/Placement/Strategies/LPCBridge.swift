import BerthDiagnostics
import BerthPCI
import BerthStack
import BerthTopology

/// Dummy BARs on the ISA/LPC bridge at 00:1f.0.
struct LPCBridge: Strategy {
    let id: StrategyID = "lpc-bridge"
    let summary = "BARs on the ISA/LPC bridge at 00:1f.0"
    let documentation = """
        The bridge has six unused BAR registers, a driver that ignores them (msisadrv in Windows, lpc_ich or none \
        in Linux), and QEMU creates one for old IGDs anyway. Shown to work with Linux and Windows 10 in a \
        prototype of 2016; no released QEMU has it. From 10.1 on a vfio-user server can be the bridge of a pc. QEMU would follow the BAR and show its address in BDSM and ASLS.
        """
    let origin = Origin(
        "SeaBIOS list, 13 February 2016, fake BARs on the ISA bridge; the OpRegion behind one as well ('I suppose we could')"
    )
    let sources = ["SeaBIOS list, 13 February 2016, Alex Williamson: BARs on the ISA bridge work on both"]

    func proposals(for region: Region, in request: Request) -> [Proposal] {
        let needed = request.size(of: region)
        guard needed > .zero, let size = request.barSize(for: region) else { return [] }
        let slot = request.topology.rootSlot(0x1f)
        let index = BARIndex.bar(PerRegion(stolenMemory: 0, opRegion: 1)[region])
        let added = AddedBAR(slot: slot, bar: BAR(index, .memory32(size: size, prefetchable: true)))
        let device = request.topology.machine.type == .q35 ? "ICH9-LPC" : "vfio-pci-igd-lpc-bridge"
        let berth = RegionBerth(
            region, strategy: id, needed: needed, reserved: size, backing: .bar(slot, index, carrier: .lpcBridge),
            .behindBAR(region, .qemu), register: request.register(for: region),
            missing: [missing(request, device)])
        return [
            Proposal(berth, TopologyEdit(addedBARs: [added], igdProperties: Carried.properties(for: region, request)))
        ]
    }

    /// On pc vfio-user-pci can be the bridge; q35 has its own.
    private func missing(_ request: Request, _ device: String) -> MissingPiece {
        request.topology.machine.type == .pc && request.topology.qemu.takesUserDevices
            ? MissingPiece(
                .server,
                "a vfio-user server that is the bridge and its BARs, for vfio-user-pci of QEMU 10.1; Berth has none")
            : MissingPiece(.qemu, "no released QEMU can put a BAR on \(name: device)")
    }
}

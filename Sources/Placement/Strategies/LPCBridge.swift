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
        prototype of 2016. No released QEMU can put a BAR on a bridge of its own, follow it and show its address in BDSM and \
        ASLS. From 10.1 on a vfio-user server can be the bridge of a pc: 'berth carrier serve' is one, QEMU maps its memory \
        like RAM, and Berth's option ROM on it writes the registers.
        """
    let origin = Origin(
        "SeaBIOS list, 13 February 2016, fake BARs on the ISA bridge; the OpRegion behind one as well ('I suppose we could')"
    )
    let sources = ["SeaBIOS list, 13 February 2016, Alex Williamson: BARs on the ISA bridge work on both"]

    func proposals(for region: Region, in request: Request) -> [Proposal] {
        let needed = request.size(of: region)
        guard needed > .zero, let size = request.barSize(for: region) else { return [] }
        let slot = request.topology.rootSlot(0x1f)
        if isEmpty(slot, request) {
            return UserCarrier.proposal(
                for: region, in: request, strategy: id, at: slot, carrier: .lpcBridge, classCode: .isaBridge
            ).map { [$0] } ?? []
        }
        let index = BARIndex.bar(PerRegion(stolenMemory: 0, opRegion: 1)[region])
        let added = AddedBAR(slot: slot, bar: BAR(index, .memory32(size: size, prefetchable: true)))
        let device = request.topology.machine.type == .q35 ? "ICH9-LPC" : "vfio-pci-igd-lpc-bridge"
        let berth = RegionBerth(
            region, strategy: id, needed: needed, reserved: size, backing: .bar(slot, index, carrier: .lpcBridge),
            .behindBAR(region, .qemu), register: request.register(for: region),
            missing: [MissingPiece(.qemu, "no released QEMU can put a BAR on \(name: device)")])
        return [
            Proposal(berth, TopologyEdit(addedBARs: [added], igdProperties: Carried.properties(for: region, request)))
        ]
    }

    /// A server can be the bridge where nothing is: on a pc without legacy mode.
    private func isEmpty(_ slot: Slot, _ request: Request) -> Bool {
        request.topology.machine.type == .pc && request.topology.qemu.takesUserDevices
            && request.tree.index(at: slot) == nil
    }
}

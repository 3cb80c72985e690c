import BerthPCI
import BerthTopology

/// A dummy BAR on a device with ids that no driver knows.
struct BogusDummy: Strategy {
    let id: StrategyID = "bogus-dummy"
    let summary = "BAR 2 of a dummy device with made-up ids"
    let documentation = """
        pci-testdev (1b36:0005, class 00ff) stands for it: nobody binds to it. Windows shows an exclamation mark and \
        may disable what it does not know. In released QEMU its membar has no memory behind it, so it can hold an \
        address but no contents.
        """
    let sources = [
        "SeaBIOS list, February 2016: a dummy device with bogus ids 'shows an exclamation mark in Device Manager'",
        "QEMU 7.2 hw/misc/pci-testdev.c",
    ]

    func proposals(for region: Region, in request: Request) -> [Proposal] {
        let needed = request.size(of: region)
        guard needed > .zero, let size = request.barSize(for: region), let slot = request.freeSlot(for: region) else {
            return []
        }
        let name = region == .stolenMemory ? "stolen" : "opregion"
        let device = Device(
            id: "berth-\(name)", model: "pci-testdev", at: slot,
            properties: [Property("membar", .text(size.qemuText))])
        let berth = RegionBerth(
            region, strategy: id, needed: needed, reserved: size, backing: .bar(slot, .bar(2), carrier: .bogusDevice),
            writer: .guest, register: request.register(for: region),
            missingPiece: "the membar of pci-testdev has no memory behind it in QEMU \(request.topology.qemu)")
        let properties = region == .stolenMemory ? GraphicsMode.properties(for: request) : []
        return [Proposal(berth, TopologyEdit(devices: [device], igdProperties: properties))]
    }
}

import BerthDiagnostics
import BerthPCI
import BerthStack
import BerthTopology

/// A dummy BAR on a device with ids that no driver knows.
struct BogusDummy: Strategy {
    let id: StrategyID = "bogus-dummy"
    let summary = "BAR 2 of a dummy device with made-up ids"
    let documentation = """
        pci-testdev (1b36:0005, class 00ff) stands for it: nobody binds to it. Windows shows an exclamation mark and \
        may disable what it does not know. Its membar has memory behind it from QEMU 10.1 on (membar-backed); before, \
        it could hold an address but no contents.
        """
    let origin = Origin(
        "SeaBIOS list, February 2016, a dummy device with made-up ids")
    let sources = [
        "SeaBIOS list, February 2016: a dummy device with bogus ids 'shows an exclamation mark in Device Manager'",
        "QEMU hw/misc/pci-testdev.c; commit ba1165d7d922 (10.1), membar-backed",
    ]

    func proposals(for region: Region, in request: Request) -> [Proposal] {
        let needed = request.size(of: region)
        guard needed > .zero, let size = request.barSize(for: region), let slot = request.freeSlot(for: region) else {
            return []
        }
        let isBacked = request.topology.qemu.backsTestDevice
        let name = Carried.name[region]
        let device = Device(
            id: "berth-\(name)", model: "pci-testdev", at: slot,
            properties: [Property("membar", .text(size.qemuText))]
                + (isBacked ? [Property("membar-backed", .bool(true))] : []))
        let berth = RegionBerth(
            region, strategy: id, needed: needed, reserved: size, backing: .bar(slot, .bar(2), carrier: .bogusDevice),
            .behindBAR(region, .writerROM), register: request.register(for: region),
            missing: isBacked
                ? []
                : [
                    MissingPiece(
                        .qemu,
                        "the membar of pci-testdev has no memory behind it in QEMU \(request.topology.qemu)")
                ])
        return [
            Proposal(
                berth,
                TopologyEdit(
                    devices: [device], igdProperties: Filled.properties(for: region, request),
                    tasks: Carried.tasks(for: region, behind: .bar(2), of: slot, request)))
        ]
    }
}

import BerthDiagnostics
import BerthPCI
import BerthTopology

/// A dummy BAR on an additional PCI-to-PCI bridge.
struct GenericBridge: Strategy {
    let id: StrategyID = "generic-bridge"
    let summary = "a BAR of an additional PCI-to-PCI bridge"
    let documentation = """
        Every guest has a driver for PCI bridges, and it leaves their two BAR registers alone. An idea of 2016 that \
        nobody tried; no released QEMU can give a bridge a BAR of a chosen size. The bridge must not have the \
        standard hot-plug controller, whose BAR takes both registers.
        """
    let origin = Origin(
        "SeaBIOS list, February 2016, a generic bridge")
    let sources = ["SeaBIOS list, February 2016: a generic bridge 'would always have a guest driver'"]

    func proposals(for region: Region, in request: Request) -> [Proposal] {
        let needed = request.size(of: region)
        guard needed > .zero, let size = request.barSize(for: region), let slot = request.freeSlot(for: region) else {
            return []
        }
        let name = Carried.name[region]
        let number = PerRegion(stolenMemory: 250, opRegion: 251)[region]
        let device = Device(
            id: "berth-\(name)-bridge", model: "pci-bridge", at: slot,
            properties: [Property("chassis_nr", .number(UInt64(number))), Property("shpc", .bool(false))])
        let added = AddedBAR(slot: slot, bar: BAR(.bar(0), .memory32(size: size, prefetchable: true)))
        let berth = RegionBerth(
            region, strategy: id, needed: needed, reserved: size, backing: .bar(slot, .bar(0), carrier: .pciBridge),
            .behindBAR(region, .qemu), register: request.register(for: region),
            missing: [MissingPiece(.qemu, "no released QEMU can give a pci-bridge a BAR of a chosen size")])
        return [
            Proposal(
                berth,
                TopologyEdit(
                    devices: [device], addedBARs: [added], igdProperties: Carried.properties(for: region, request)))
        ]
    }
}

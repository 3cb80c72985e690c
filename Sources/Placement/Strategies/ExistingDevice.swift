import BerthDiagnostics
import BerthPCI
import BerthTopology

/// A dummy BAR on a device that the guest has anyway.
struct ExistingDevice: Strategy {
    let id: StrategyID = "existing-device"
    let summary = "an added BAR on a device that the guest has anyway"
    let documentation = """
        The BAR is added to another function of the root bus that has a register free. Saves a slot, and breaks where \
        the guest has a driver for the device: it finds a BAR it does not know. The device at the lowest address is \
        proposed; rules say the same of the others. No released QEMU adds BARs to its devices.
        """
    let origin = Origin(
        "SeaBIOS list, 13 February 2016: BARs on another existing device")
    let sources = [
        "SeaBIOS list, 13 February 2016: do not add BARs to devices whose driver could be confused"
    ]

    func proposals(for region: Region, in request: Request) -> [Proposal] {
        let needed = request.size(of: region)
        guard needed > .zero, let size = request.barSize(for: region) else { return [] }
        guard let (slot, bar) = carrier(in: request) else { return [] }

        let added = AddedBAR(slot: slot, bar: BAR(bar, .memory32(size: size, prefetchable: true)))
        let berth = RegionBerth(
            region, strategy: id, needed: needed, reserved: size,
            backing: .bar(slot, bar, carrier: .existingDevice), .behindBAR(region, .qemu),
            register: request.register(for: region),
            missing: [MissingPiece(.qemu, "no released QEMU can add a BAR to a device")])
        return [
            Proposal(berth, TopologyEdit(addedBARs: [added], igdProperties: Carried.properties(for: region, request)))
        ]
    }

    private func carrier(in request: Request) -> (Slot, BARIndex)? {
        let devices = request.topology.devices.filter { $0.slot.bus == request.topology.rootBus }
        for device in devices.sorted(by: { $0.slot < $1.slot }) {
            if let bar = Self.freeRegister(of: device) { return (device.slot, bar) }
        }
        return nil
    }

    /// The first register of an endpoint that neither a BAR nor the upper half of one takes.
    private static func freeRegister(of device: Device) -> BARIndex? {
        guard let model = DeviceCatalogue.model(named: device.model), model.header == .endpoint else { return nil }
        let taken = Set(
            model.bars.filter { $0.index != .rom }.flatMap { bar in
                (0..<bar.kind.registerCount).map { bar.index.position + $0 }
            })
        return (0..<6).first { !taken.contains($0) }.map { .bar($0) }
    }
}

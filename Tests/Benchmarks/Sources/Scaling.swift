import BerthStack
import BerthBoot
import BerthPCI
import BerthTopology

/// From a hundred BARs to a whole segment, beside plain sorting of as many numbers.
enum Scaling {
    static func table(_ kind: FirmwareKind) {
        print(
            "\(kind.rawValue): BARs, functions | tree | firmware | per BAR | time / time of a tenth | sorting as many")
        var previous: Double?
        for count in [100, 1_000, 10_000, 100_000, 195_843] {
            let topology = segment(bars: count, kind)
            let tree = topology.resolve().tree
            let bars = tree.functions.reduce(0) { $0 + $1.bars.count }
            let runs = count > 50_000 ? 5 : 21
            let resolve = Clock.median(runs) { topology.resolve().tree.functions.count }
            let model = FirmwareModels.model(for: topology.firmware)
            precondition(model.boot(topology, tree).halted == nil, "the benchmark's guest must boot")
            let boot = Clock.median(runs) { model.boot(topology, tree).functions.count }
            var generator = SystemRandomNumberGenerator()
            let numbers = (0..<bars).map { _ in UInt64.random(in: 0...(.max), using: &generator) }
            let sorting = Clock.median(runs) { numbers.sorted().count }
            let ratio = previous.map { count == 195_843 ? "-" : "\(Int(boot.value / $0 * 10) / 10)" } ?? "-"
            let perBAR = Int(boot.value / Double(bars) * 1000)
            print("  \(bars), \(tree.functions.count) | \(resolve) | \(boot) | \(perBAR) ns | \(ratio) | \(sorting)")
            previous = boot.value
        }
    }

    /// Bridges on the root bus, 255 at the most, each with up to 32 slots of 8 functions of 3 BARs.
    static func segment(bars: Int, _ kind: FirmwareKind) -> GuestTopology {
        var topology = GuestTopology(
            name: "segment", machine: Machine(.q35), ram: GuestRAM(.gib(2)), firmware: FirmwareChoice(kind),
            guest: .firmwareOnly)
        // Slots 1 to 30 of the root bus have 240 functions; the other 15 bridges hang off the first ones.
        let wanted = (bars + 2) / 3
        var made = 0
        var bridge = 0
        while made < wanted, bridge < 255 {
            let id = "b\(bridge)"
            let slot: Slot =
                bridge < 240
                ? topology.rootSlot(UInt8(bridge / 8) + 1, UInt8(bridge % 8))
                : Slot(BusName("b\(bridge - 240)"), devfn: 31 << 3)
            topology.devices.append(
                Device(
                    id: id, model: "pci-bridge", at: slot, multifunction: true,
                    properties: [Property("shpc", .bool(false))]))
            for devfn in UInt8.min...UInt8.max where made < wanted && (bridge >= 15 || devfn < 31 << 3) {
                var device = Device(
                    id: "f\(made)", model: "function", at: Slot(BusName(id), devfn: devfn),
                    multifunction: devfn & 7 == 0)
                device.described = DescribedFunction(
                    vendor: 0x1b36, device: 0xffff, classCode: .unclassified,
                    bars: [0, 2, 4].map { BAR(.bar($0), .memory64(size: .kib(4), prefetchable: true)) })
                topology.devices.append(device)
                made += 1
            }
            bridge += 1
        }
        return topology
    }
}

import BerthIGD
import BerthPCI
import BerthStack
import BerthTopology
import TestSupport

/// A guest with an IGD drawn at random; the same seed always draws the same guest.
struct RandomIGDGuest {
    let seed: UInt64
    let topology: GuestTopology

    private static let platforms: [(device: UInt16, control: UInt16)] = [
        (0x0102, 0x0211), (0x0412, 0x0218), (0x1616, 0x0280), (0x5916, 0x02c1), (0x3e92, 0x02c1), (0x9bc5, 0x02c1),
        (0x8a56, 0xf0c1), (0x9a49, 0x02c1), (0x7d55, 0x02c1),
    ]
    private static let models = [
        "virtio-net-pci", "virtio-blk-pci", "e1000", "qemu-xhci", "ich9-intel-hda", "bochs-display", "nvme", "edu",
    ]
    private static let testdevSizes = ["64K", "8K", "16M", "64M", "256M", "512M", "1G", "4G"]

    init(seed: UInt64, devices count: ClosedRange<Int> = 0...8) {
        self.seed = seed
        var dice = Seeded(seed &* 0x9e37_79b9)
        _ = dice.next()
        func pick<Value>(_ values: [Value]) -> Value { values[Int.random(in: 0..<values.count, using: &dice)] }
        func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &dice) < percent }

        var machine = Machine(chance(50) ? .pc : .q35)
        if chance(25) { machine.maxRAMBelow4GiB = pick([.gib(1), .gib(2), .gib(3)]) }
        var guest = GuestTopology(
            name: "seed-\(seed)", machine: machine,
            ram: GuestRAM(pick([.mib(256), .gib(1), .gib(2), .gib(3), .gib(4), .gib(12)])),
            firmware: FirmwareChoice(chance(65) ? .seabios : .ovmf),
            guest: pick([.linux(.init(6, 1)), .linux(.init(6, 1)), .linux(.init(6, 14)), .windows(10), .firmwareOnly]),
            qemu: pick([QEMURelease(7, 2), QEMURelease(9, 2), QEMURelease(10, 0), QEMURelease(10, 1)]))
        let platform = pick(Self.platforms)
        var igd = IGDAssignment(
            slot: guest.rootSlot(chance(75) ? 2 : 5), host: PCIAddress(bus: 0, devfn: 0x10), device: platform.device,
            stolenMemory: pick([.zero, .mib(32), .mib(64), .mib(96), .mib(512), .gib(2)]),
            opRegion: pick([.kib(8), .kib(8), .kib(16), .zero]),
            rom: pick([
                .none, .hostShadow, .file(path: "/rom", contents: .vfioIgdPkg), .file(path: "/rom", contents: .gop),
                .file(path: "/rom", contents: .vbios),
            ]))
        if chance(80) { igd.graphicsControl = platform.control }
        if chance(50) {
            igd.hostStolenBase = pick([0x5e00_0000, 0x8b80_0000, 0xb400_0000, 0xe800_0000, 0x1_8000_0000])
            igd.hostASLS = pick([0x8a3f_d018, 0x8a3f_d000])
        }
        guest.igd = igd
        var slots = (3..<UInt8(0x1e)).filter { guest.rootSlot($0) != igd.slot } + (igd.slot.device == 5 ? [2] : [])
        for number in 0..<Int.random(in: count, using: &dice) where !slots.isEmpty {
            let slot = guest.rootSlot(slots.remove(at: Int.random(in: 0..<slots.count, using: &dice)))
            guard chance(30) else {
                guest.devices.append(
                    Self.endpoint(number, slot, chance(25) ? pick(Self.testdevSizes) : nil, pick(Self.models)))
                continue
            }
            let isExpress = machine.type == .q35
            let bridge = Device(
                id: "b\(number)", model: isExpress ? "pcie-root-port" : "pci-bridge", at: slot,
                properties: isExpress ? [] : [Property("shpc", .bool(false))])
            let below = Self.endpoint(
                100 + number, Slot(BusName(bridge.id), devfn: isExpress ? 0 : 8), nil, pick(Self.models))
            // A bridge may come behind what sits on it.
            guest.devices += chance(50) ? [bridge, below] : [below, bridge]
        }
        topology = guest
    }

    private static func endpoint(_ number: Int, _ slot: Slot, _ size: String?, _ model: String) -> Device {
        guard let size else { return Device(id: "d\(number)", model: model, at: slot) }
        return Device(
            id: "d\(number)", model: "pci-testdev", at: slot, properties: [Property("membar", .text(size))])
    }
}

import BerthBoot
import BerthPCI
import BerthStack
import BerthTopology
import Testing

/// Trees as large as a PCI segment can be.
@Suite struct OVMFScaleTests {
    /// Bridges on bus 0, each with 256 functions.
    private func topology(bridges: Int, model: String) -> GuestTopology {
        var topology = GuestTopology(
            name: "large", machine: Machine(.q35), ram: GuestRAM(.gib(2)), firmware: FirmwareChoice(.ovmf))
        for number in 0..<bridges {
            let id = "br\(number)"
            var bridge = Device(
                id: id, model: "pci-bridge", at: topology.rootSlot(UInt8(1 + number / 8), UInt8(number % 8)))
            bridge.multifunction = true
            bridge.properties = [Property("shpc", .text("off")), Property("chassis_nr", .number(UInt64(number + 1)))]
            topology.devices.append(bridge)
            for devfn in UInt8.min...UInt8.max {
                var device = Device(id: "\(id)-\(devfn)", model: model, at: Slot(BusName(id), devfn: devfn))
                device.multifunction = true
                topology.devices.append(device)
            }
        }
        return topology
    }

    @Test func `A full segment is placed`() throws {
        let topology = topology(bridges: 224, model: "virtio-keyboard-pci")
        let tree = try topology.resolved()
        let outcome = OVMF().boot(topology, tree)
        #expect(tree.functions.count == 224 * 257 + 4)
        let unassigned = tree.functions.indices.filter {
            outcome.functions[$0].addresses.count != tree.functions[$0].bars.count
        }
        #expect(unassigned.isEmpty)
    }

    @Test func `Linux takes over a full segment`() throws {
        let topology = topology(bridges: 224, model: "virtio-keyboard-pci")
        let tree = try topology.resolved()
        let outcome = BootOutcome.run(topology, tree)
        let lost = tree.functions.indices.filter {
            outcome.guest.functions[$0].addresses.count != tree.functions[$0].bars.count
        }
        #expect(lost.isEmpty)
    }

    @Test func `Thousands of functions are turned away, and those that stay have all they ask for`() throws {
        let topology = topology(bridges: 16, model: "pci-testdev")
        let tree = try topology.resolved()
        let outcome = OVMF().boot(topology, tree)
        let kept = tree.functions.indices.filter {
            tree.functions[$0].model == "pci-testdev" && !outcome.functions[$0].isRejected
        }
        // Sixteen in each of nine windows of 4 KiB; the chipset needs ports in the tenth.
        #expect(kept.count == 144)
        #expect(kept.allSatisfy { outcome.functions[$0].addresses.count == 2 })
    }
}

import BerthPCI
import BerthQEMU
import BerthRehearsal
import BerthStack
import BerthTopology
import Testing

/// Devices as real QEMU builds them, against the model.
enum RealDevices {
    /// A q35 or pc guest with nothing else in it.
    static func guest(_ devices: [Device], on type: MachineType = .q35) -> GuestTopology {
        GuestTopology(
            name: "devices", machine: Machine(type), ram: GuestRAM(.gib(1)), firmware: .init(.seabios),
            devices: devices)
    }

    /// Device numbers of the root bus that no board function uses, from 1 on, with room for `pc`'s PIIX3.
    static func slot(_ number: Int, _ type: MachineType = .q35) -> Slot {
        Slot(type.rootBus, devfn: UInt8(number + (type == .pc ? 2 : 1)) << 3)
    }

    /// Starts QEMU with the guest and compares vendor, device, class and BARs of every named device.
    static func compare(_ guest: GuestTopology, extra: [QEMUOption] = []) async throws {
        let tree = try guest.resolved()
        var options = try ArgumentWriter.write(asItIs: guest)
        options.insert(contentsOf: extra, at: 3)
        let real = try await QEMUProcess.functionsBeforeFirmware(guest, options: options)
        for device in guest.devices {
            let model = try #require(tree.functions.first { $0.name == device.id })
            let text = device.properties.map { "\($0.name)=\($0.value)" }.joined(separator: ",")
            let name = "\(device.model) \(text) on \(device.slot)"
            let function = try #require(real.first { $0.qdevID == device.id }, "\(name): not in QEMU")
            #expect(model.vendor == function.vendor, "\(name)")
            #expect(model.device == function.device, "\(name)")
            #expect(model.classCode.baseAndSub == function.classCode, "\(name)")
            #expect(model.bars == function.bars, "\(name)")
        }
    }
}

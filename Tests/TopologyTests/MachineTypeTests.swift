import BerthPCI
import BerthStack
import BerthTopology
import Foundation
import TestSupport
import Testing

/// Every versioned machine type of a QEMU against what was recorded from it.
struct MachineTypeTests {
    /// Of the newest machine of a kind everything, of others what differs from it.
    private struct RecordedMachine: Decodable {
        var machine: String
        var functions: [Place]?
        var withUSB: [Place]?
        /// Nil for a model that the machine cannot have.
        var models: [String: RecordedModel?]

        struct Place: Decodable {
            var slot: UInt8
            var function: UInt8
            var vendor: UInt16
            var device: UInt16
            var `class`: UInt32
            var revision: UInt8
            var bars: [RecordedModel.Register]
        }

        private enum CodingKeys: String, CodingKey {
            case machine, functions, models
            case withUSB = "functions,usb=on"
        }
    }

    private static func recorded(_ release: QEMURelease) throws -> [RecordedMachine] {
        try JSONDecoder().decode(
            [RecordedMachine].self, from: Data(contentsOf: Recorded.folder("machines-\(release).json")))
    }

    private func guest(_ name: String, _ release: QEMURelease, _ devices: [Device] = []) throws -> GuestTopology {
        GuestTopology(
            name: name, machine: try #require(Machine(name: name)), ram: GuestRAM(.mib(256)),
            firmware: FirmwareChoice(.seabios), qemu: release, devices: devices)
    }

    @Test(arguments: [QEMURelease(7, 2)])
    func `models look in every machine as they were recorded`(release: QEMURelease) throws {
        let machines = try Self.recorded(release)
        for kind in ["pc-i440fx", "pc-q35"] {
            let all = machines.filter { $0.machine.hasPrefix(kind) }
            let newest = try #require(all.first)
            #expect(all.count > 20)
            for machine in all {
                for (model, own) in newest.models {
                    // What is not recorded of an older machine is as in the newest.
                    guard let fact = machine.models.keys.contains(model) ? machine.models[model] ?? nil : own else {
                        continue
                    }
                    let root: BusName = kind == "pc-q35" ? "pcie.0" : "pci.0"
                    let device = Device(id: "it", model: model, at: Slot(root, devfn: 4 << 3))
                    let tree = try guest(machine.machine, release, [device]).resolve().tree
                    let function = try #require(tree.functions.first { $0.name == "it" }, "\(model)")
                    let name = "\(model) in \(machine.machine)"
                    #expect(function.vendor == fact.vendor, "\(name)")
                    #expect(function.device == fact.device, "\(name)")
                    #expect(function.classCode.rawValue == fact.class, "\(name)")
                    #expect(function.bars == fact.bars?.map(\.bar), "\(name)")
                }
            }
        }
    }

    @Test(arguments: [QEMURelease(7, 2)])
    func `every machine has the functions that were recorded`(release: QEMURelease) throws {
        for machine in try Self.recorded(release) {
            for (places, usb) in [(machine.functions, false), (machine.withUSB, true)] {
                guard let places else { continue }
                var guest = try guest(machine.machine, release)
                guest.machine.hasUSB = usb
                let tree = guest.resolve().tree
                let name = "\(machine.machine) usb=\(usb)"
                #expect(tree.functions.map(\.devfn) == places.map { $0.slot << 3 | $0.function }, "\(name)")
                for (function, place) in zip(tree.functions, places) {
                    #expect(function.vendor == place.vendor && function.device == place.device, "\(name)")
                    #expect(function.classCode.rawValue == place.class, "\(name)")
                    #expect(function.revision == place.revision, "\(name)")
                    #expect(function.bars == place.bars.map(\.bar), "\(name)")
                }
            }
        }
    }
}

import BerthDiagnostics
import BerthPCI
import BerthStack
import BerthTopology
import Foundation
import TestSupport
import Testing

/// Every versioned machine type of three releases of QEMU against what was recorded from it.
struct MachineTypeTests {
    static let releases = [QEMURelease(7, 2), QEMURelease(10, 0), QEMURelease(11, 1)]

    private func guest(
        _ machine: RecordedMachine, _ release: QEMURelease, _ devices: [Device] = []
    ) throws -> GuestTopology {
        GuestTopology(
            name: machine.name, machine: try #require(Machine(name: machine.name)),
            ram: GuestRAM(.mib(256), maximum: .gib(1), slots: 2), firmware: FirmwareChoice(.seabios), qemu: release,
            devices: devices)
    }

    /// All that a guest can tell of a function, but for the list of its capabilities.
    private func compare(_ function: PCIFunction, _ fact: RecordedModel, _ name: String) {
        let facts: [(String, Bool)] = [
            ("vendor", function.vendor == fact.vendor), ("device", function.device == fact.device),
            ("class", function.classCode.rawValue == fact.class), ("revision", function.revision == fact.revision),
            ("subsystem vendor", function.subsystem?.vendor == fact.subsystemVendor),
            ("subsystem", function.subsystem?.device == fact.subsystem),
            ("header", function.header.rawValue == fact.headerType),
            ("multifunction", function.isMultifunction == fact.multifunction),
            ("port type", function.portType?.rawValue == fact.pciePortType),
            ("BARs", function.bars == fact.bars?.map(\.bar)),
            ("hot plug", fact.hotPlugCapable.map { function.bridge?.isHotPlugCapable == $0 } ?? true),
        ]
        // One expectation a function: there are 20,000 of them.
        let wrong = facts.filter { !$0.1 }.map(\.0)
        if !wrong.isEmpty { Issue.record("\(name): \(wrong.joined(separator: ", ")): \(function.bars)") }
    }

    @Test(arguments: zip(releases, [55, 61, 36]))
    func `a release has the machines that were recorded`(release: QEMURelease, count: Int) throws {
        let machines = try RecordedMachine.all(of: release)
        #expect(machines.count == count)
        for machine in machines {
            let version = try #require(Machine(name: machine.name)?.version)
            #expect(release.hasMachine(version, isQ35: machine.isQ35), "\(machine.name)")
        }
    }

    @Test(arguments: releases)
    func `models look in every machine as they were recorded`(release: QEMURelease) throws {
        for machine in try RecordedMachine.all(of: release) {
            for (model, fact) in machine.models {
                let root: BusName = machine.isQ35 ? "pcie.0" : "pci.0"
                var device = Device(id: "it", model: model, at: Slot(root, devfn: 4 << 3))
                device.backend = RecordedMachine.backends[model]
                device.properties = RecordedMachine.properties[model] ?? []
                let (tree, findings) = try guest(machine, release, [device]).resolve()
                let name = "\(model) in \(machine.name) of \(release)"
                if let refusal = fact.absent {
                    #expect(findings.contains { $0.message.contains(refusal) }, "\(name): \(refusal)")
                    continue
                }
                compare(try #require(tree.functions.first { $0.name == "it" }, "\(name) \(findings)"), fact, name)
            }
        }
    }

    @Test(arguments: releases)
    func `models behind a port look in every q35 as they were recorded`(release: QEMURelease) throws {
        for machine in try RecordedMachine.all(of: release) {
            for (model, fact) in machine.behind {
                var device = Device(id: "it", model: model, at: Slot("port", devfn: 0))
                device.properties = RecordedMachine.properties[model] ?? []
                let port = Device(id: "port", model: "pcie-root-port", at: Slot("pcie.0", devfn: 4 << 3))
                let tree = try guest(machine, release, [port, device]).resolve().tree
                let name = "\(model) behind a port in \(machine.name) of \(release)"
                compare(try #require(tree.functions.first { $0.name == "it" }, "\(name)"), fact, name)
            }
        }
    }

    @Test(arguments: releases)
    func `every machine has the functions that were recorded`(release: QEMURelease) throws {
        for machine in try RecordedMachine.all(of: release) {
            for usb in [false, true] {
                var guest = try guest(machine, release)
                guest.machine.hasUSB = usb
                let places = (machine.functions + (usb ? machine.usb : [])).sorted { $0.devfn < $1.devfn }
                let tree = guest.resolve().tree
                let name = "\(machine.name) of \(release), usb=\(usb)"
                #expect(tree.functions.map(\.devfn) == places.map(\.devfn), "\(name)")
                for (function, place) in zip(tree.functions, places) { compare(function, place.fact, name) }
            }
        }
    }

    @Test(arguments: releases)
    func `every machine divides memory as it was recorded`(release: QEMURelease) throws {
        for machine in try RecordedMachine.all(of: release) {
            for (size, fact) in machine.memory {
                var guest = try guest(machine, release)
                guest.ram = GuestRAM(try #require(ByteCount(size)), maximum: .gib(64), slots: 4)
                let name = "\(machine.name) of \(release) with \(size)"
                #expect(guest.ramLayout.below4GiB.rawValue == fact.below4G, "\(name)")
                guard let canPlug = fact.plug else { continue }
                #expect(guest.machineVersion.plugsMemory == canPlug, "\(name)")
                #expect(guest.reservedMemoryEnd?.rawValue == fact.reservedEnd, "\(name)")
            }
        }
    }

    @Test(arguments: releases)
    func `chipsets are set as they were recorded`(release: QEMURelease) throws {
        for machine in try RecordedMachine.all(of: release) {
            let version = try #require(Machine(name: machine.name)?.version)
            let chipset = machine.chipset
            #expect(version.promisesRoomAbove4GiB == chipset.hole64Fix, "\(machine.name)")
            #expect(chipset.hole64Size == (machine.isQ35 ? 32 : 2) << 30, "\(machine.name)")
            #expect(chipset.hpet == true, "\(machine.name)")
            guard machine.isQ35 else { continue }
            #expect(version.plugsByACPI == chipset.acpiBehindBridges, "\(machine.name)")
        }
    }
}

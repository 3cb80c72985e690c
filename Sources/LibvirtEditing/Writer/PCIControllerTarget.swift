import BerthDiagnostics
import BerthTopology
import BerthXML

/// The `<target>` of a PCI controller, and the properties it says.
struct PCIControllerTarget {
    var element: XMLElement
    var said: Set<String>

    static func make(
        _ device: Device, _ model: PCIControllerModel, index: Int, chassis: inout ChassisNumbers
    ) throws(EmissionRefusal) -> PCIControllerTarget {
        var target = XMLElement("target")
        var said: Set<String> = []
        switch model.model {
        case "pcie-root-port", "pcie-switch-downstream-port":
            if let number = try device.number("chassis", in: 0...255) {
                target["chassis"] = "\(number)"
            } else {
                target["chassis"] = "\(try chassis.next(preferring: index))"
            }
            // Libvirt's own defaults (qemuDomainAssignPCIAddresses @ 9.0.0).
            let slot = device.slot
            let port = model.model == "pcie-root-port" ? Int(slot.devfn) : Int(slot.device)
            target["port"] = Hexadecimal.string(try device.number("port", in: 0...255) ?? port)
            if case .bool(let isOn)? = try device.typed("hotplug") { target["hotplug"] = isOn ? "on" : "off" }
            said = ["chassis", "port", "hotplug"]
        case "pci-bridge":
            target["chassisNr"] = "\(try device.number("chassis_nr", in: 1...255) ?? index)"
            said = ["chassis_nr"]
        case "pci-expander-bus", "pcie-expander-bus":
            if let number = try device.number("bus_nr", in: 1...254) { target["busNr"] = "\(number)" }
            said = ["bus_nr"]
        default: break
        }
        return PCIControllerTarget(element: target, said: said)
    }
}

/// Chassis numbers of root and downstream ports. Libvirt lets them repeat; QEMU does not, because libvirt
/// never sets the `slot` property beside them (`Can't add chassis slot, error -16`).
struct ChassisNumbers {
    private var taken: Set<Int>

    init(_ devices: [Device]) {
        taken = Set(
            devices.compactMap { device in
                guard PCIControllerModel.portDevices.contains(device.model),
                    case .number(let number)? = try? device.typed("chassis")
                else { return nil }
                return Int(exactly: number)
            })
    }

    /// The wanted number, or the highest free one.
    mutating func next(preferring wanted: Int) throws(EmissionRefusal) -> Int {
        let free = ([wanted] + (1...255).reversed()).first { !taken.contains($0) }
        guard let free else { throw EmissionRefusal("chassis", "more than 255 ports need a chassis number") }
        taken.insert(free)
        return free
    }
}

extension PCIControllerModel {
    /// Root and downstream ports.
    static let portDevices: Set<String> = ["pcie-root-port", "ioh3420", "xio3130-downstream"]
}

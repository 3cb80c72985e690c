import BerthDiagnostics
import BerthLibvirtDomain
import BerthPCI
import BerthTopology
import BerthXML

/// The devices of a domain in the making: elements, arguments for QEMU, overrides.
struct DomainParts {
    let plan: DomainPlan
    private(set) var devices: [XMLElement] = []
    private(set) var arguments: [String] = []
    private(set) var overrides: [Override] = []
    private var usb: USBControllers
    private var indices = ControllerIndices()
    private var chassis: ChassisNumbers

    init(plan: DomainPlan) {
        self.plan = plan
        usb = USBControllers(plan)
        chassis = ChassisNumbers(plan.topology.devices)
    }

    mutating func build() throws(EmissionRefusal) {
        let root = plan.topology.machine.type == .pc ? "pci-root" : "pcie-root"
        devices.append(XMLElement("controller", ["type": "pci", "index": "0", "model": root]))
        for index in plan.order {
            if case .controller(let number, let model) = plan.forms[index] {
                try addController(plan.topology.devices[index], number, model)
            }
        }
        devices += usb.machineElements
        var singles = SingleElements()
        for index in plan.order {
            let device = plan.topology.devices[index]
            switch plan.forms[index] {
            case .element:
                if let native = try nativeElement(device, &singles) {
                    try add(native, for: device)
                } else {
                    try addArguments(device)
                }
            case .argument: try addArguments(device)
            case .controller, nil: break
            }
        }
        if let igd = plan.topology.igd {
            let (element, override) = try IGDElement.make(igd, plan)
            devices.append(element)
            if let override { overrides.append(override) }
        }
        if !usb.hasAny { devices.append(XMLElement("controller", ["type": "usb", "model": "none"])) }
        if !singles.hasVideo { devices.append(XMLElement("video", [XMLElement("model", ["type": "none"])])) }
        if !singles.hasBalloon { devices.append(XMLElement("memballoon", ["model": "none"])) }
    }

    private mutating func nativeElement(
        _ device: Device, _ singles: inout SingleElements
    ) throws(EmissionRefusal) -> NativeElement? {
        if usb.isElement(device) { return try usb.element(device) }
        if device.model == "vfio-pci" { return try HostDeviceElement.make(device, release: plan.topology.qemu) }
        return try NativeElement.make(device, plan: plan, indices: &indices, singles: &singles)
    }

    /// Address, and overrides for what the element does not say.
    private mutating func add(_ native: NativeElement, for device: Device) throws(EmissionRefusal) {
        if native.identity == false { try checkIdentity(device) }
        var element = native.element
        let rest = try device.guestProperties(without: native.said).typed() + native.extra
        if !rest.isEmpty {
            element.append(XMLElement("alias", ["name": plan.alias(device)]))
            overrides.append(Override(id: plan.alias(device), properties: rest))
        }
        element.append(try address(device.slot, device.multifunction))
        devices.append(element)
    }

    private mutating func addController(
        _ device: Device, _ index: Int, _ model: PCIControllerModel
    ) throws(EmissionRefusal) {
        try checkIdentity(device)
        var element = XMLElement("controller", ["type": "pci", "index": "\(index)", "model": model.model])
        element.append(XMLElement("model", ["name": model.device]))
        let target = try PCIControllerTarget.make(device, model, index: index, chassis: &chassis)
        if !target.element.attributes.isEmpty { element.append(target.element) }
        let rest = try device.guestProperties(without: target.said).typed()
        if !rest.isEmpty { overrides.append(Override(id: "pci.\(index)", properties: rest)) }
        element.append(try address(device.slot, device.multifunction))
        devices.append(element)
    }

    mutating func addArguments(_ device: Device) throws(EmissionRefusal) {
        try checkIdentity(device)
        guard let bus = plan.buses[device.slot.bus] else { return }
        let alias = plan.alias(device)
        var backing = try ArgumentBacking(device, alias: alias)
        if PCIControllerModel.portDevices.contains(device.model), device["chassis"] == nil {
            backing.properties.append(Property("chassis", .number(UInt64(try chassis.next(preferring: 255)))))
        }
        if device.model == "pci-bridge", device["chassis_nr"] == nil {
            backing.properties.append(Property("chassis_nr", .number(1)))
        }
        if let master = try usb.masterBus(of: device) {
            backing.properties.append(Property("masterbus", .text(master)))
        }
        var members = [Property("driver", .text(device.model)), Property("id", .text(alias))]
        members += backing.properties
        let socket = device.userSocket
        let said = Set(backing.properties.map(\.name) + (socket == nil ? [] : ["socket"]))
        members += try device.guestProperties(without: said).typed()
        members.append(Property("bus", .text(bus.id)))
        let slot = device.slot
        members.append(Property("addr", .text(LibvirtAddress.qemuText(slot))))
        if let isOn = device.multifunction { members.append(Property("multifunction", .bool(isOn))) }
        // Libvirt has no element for a function of a server's, and no argument of its own has an object in it.
        let more = socket.map { [UserDevice.member($0)] } ?? []
        arguments += backing.arguments + ["-device", JSONText.object(members.map(\.member) + more)]
    }

    private func address(_ slot: Slot, _ multifunction: Bool?) throws(EmissionRefusal) -> XMLElement {
        try LibvirtAddress.element(slot, on: plan.buses[slot.bus], multifunction: multifunction)
    }

    private func checkIdentity(_ device: Device) throws(EmissionRefusal) {
        guard device.identity == nil else {
            throw EmissionRefusal(
                "device-identity",
                "no property of QEMU's gives '\(device.id)' (\(device.model)) another vendor, device id or class; "
                    + "only vfio-pci has such properties")
        }
    }
}

/// The address element of a device.
enum LibvirtAddress {
    static func element(
        _ slot: Slot, on bus: LibvirtBus?, multifunction: Bool?
    ) throws(EmissionRefusal) -> XMLElement {
        guard let index = bus?.index else {
            throw EmissionRefusal("libvirt-address", "libvirt has no address for \(slot)")
        }
        return element(
            DomainPCIAddress(
                bus: index, slot: Int(slot.device), function: Int(slot.function), multifunction: multifunction))
    }

    /// As libvirt writes `addr`: `0x2`, `0x1f.0x1`.
    static func qemuText(_ slot: Slot) -> String {
        let device = Hexadecimal.string(slot.device)
        return slot.function == 0 ? device : "\(device).\(Hexadecimal.string(slot.function))"
    }
}

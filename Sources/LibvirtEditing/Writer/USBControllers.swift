import BerthDiagnostics
import BerthTopology
import BerthXML

/// USB controllers share one numbering; companions have the index of their EHCI.
struct USBControllers {
    private let plan: DomainPlan
    /// By device id.
    private var indices: [String: Int] = [:]
    /// The machine's own controllers; empty where it has none.
    let machineElements: [XMLElement]

    init(_ plan: DomainPlan) {
        self.plan = plan
        machineElements = Self.machine(plan.topology)
        var next = machineElements.isEmpty ? 0 : 1
        let elements = plan.order.filter { plan.forms[$0] == .element }.map { plan.topology.devices[$0] }
            .filter { Self.models[$0.model] != nil }
        // Libvirt writes ICH9's UHCIs only as companions: `masterbus not found`
        // (`qemuBuildUSBControllerDevProps` in src/qemu/qemu_command.c @ 9.0.0).
        for device in elements where device["masterbus"] == nil && !device.model.hasPrefix("ich9-usb-uhci") {
            indices[device.id] = next
            next += 1
        }
        for device in elements {
            if let master = Self.master(of: device), let index = indices[master] { indices[device.id] = index }
        }
    }

    var hasAny: Bool { !indices.isEmpty || !machineElements.isEmpty }
    func isElement(_ device: Device) -> Bool { indices[device.id] != nil }

    /// Source: docs/formatdomain.rst, "Controllers", and `qemuControllerModelUSB` in src/qemu/qemu_command.c @ 9.0.0.
    private static let models = [
        "piix3-usb-uhci": "piix3-uhci", "piix4-usb-uhci": "piix4-uhci", "usb-ehci": "ehci",
        "ich9-usb-ehci1": "ich9-ehci1", "ich9-usb-uhci1": "ich9-uhci1", "ich9-usb-uhci2": "ich9-uhci2",
        "ich9-usb-uhci3": "ich9-uhci3", "pci-ohci": "pci-ohci", "nec-usb-xhci": "nec-xhci", "qemu-xhci": "qemu-xhci",
    ]

    func element(_ device: Device) throws(EmissionRefusal) -> NativeElement? {
        guard let index = indices[device.id], let model = Self.models[device.model] else { return nil }
        var element = XMLElement("controller", ["type": "usb", "index": "\(index)", "model": model])
        guard device["masterbus"] != nil else { return NativeElement(element: element) }
        let port = try device.number("firstport", in: 0...15) ?? 0
        element.append(XMLElement("master", ["startport": "\(port)"]))
        return NativeElement(element: element, said: ["masterbus", "firstport"])
    }

    /// For a companion that is an argument: the bus of its EHCI, under the id that one has there.
    /// Errors: the bus belongs to no device, or to one of the machine's.
    func masterBus(of device: Device) throws(EmissionRefusal) -> String? {
        guard let value = device["masterbus"] else { return nil }
        guard let id = Self.master(of: device), let master = plan.topology.devices.first(where: { $0.id == id }) else {
            throw EmissionRefusal("usb-companion", "'\(device.id)': there is no USB bus '\(value)'")
        }
        guard let index = indices[id] else { return "\(plan.alias(master)).0" }
        return index == 0 ? "usb.0" : "usb\(index).0"
    }

    /// The id in front of `.0`.
    private static func master(of device: Device) -> String? {
        guard case .text(let bus)? = device["masterbus"], bus.hasSuffix(".0") else { return nil }
        return String(bus.dropLast(2))
    }

    private static func machine(_ topology: GuestTopology) -> [XMLElement] {
        guard topology.machine.hasUSB else { return [] }
        if topology.machine.type == .pc { return [controller("piix3-uhci", "0x01", "0x2")] }
        return [
            controller("ich9-ehci1", "0x1d", "0x7"),
            controller("ich9-uhci1", "0x1d", "0x0", startPort: 0, multifunction: true),
            controller("ich9-uhci2", "0x1d", "0x1", startPort: 2),
            controller("ich9-uhci3", "0x1d", "0x2", startPort: 4),
        ]
    }

    private static func controller(
        _ model: String, _ slot: String, _ function: String, startPort: Int? = nil, multifunction: Bool = false
    ) -> XMLElement {
        var element = XMLElement("controller", ["type": "usb", "index": "0", "model": model])
        if let startPort { element.append(XMLElement("master", ["startport": "\(startPort)"])) }
        var address = XMLElement(
            "address", ["type": "pci", "domain": "0x0000", "bus": "0x00", "slot": slot, "function": function])
        if multifunction { address["multifunction"] = "on" }
        element.append(address)
        return element
    }
}

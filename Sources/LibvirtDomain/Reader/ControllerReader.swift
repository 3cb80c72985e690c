import BerthDiagnostics
import BerthStack
import BerthXML

/// Source: `virDomainControllerDefParseXML` in src/conf/domain_conf.c @ 9.0.0.
extension ValueReader {
    mutating func readController(_ device: inout DomainDevice, _ element: XMLElement) {
        // The enumeration begins with ide, which is so the default.
        device.type = choice(element, "type", among: ModelNames.controllers) ?? "ide"
        if let model = element["model"] {
            guard ModelNames.models(ofController: device.type).contains(model) else {
                refuse("Unknown model type '\(model)'", .controllerModel, element, attribute: "model")
                return
            }
            device.model = model
        }
        device.index = natural(element, "index")
        for child in ["model", "target"] where element.elements(child).count > 1 {
            refuse(
                "Multiple <\(child)> elements in controller definition not allowed", .repeatedElement,
                element.elements(child)[1])
        }
        guard device.type == "pci" else { return }
        if let model = element.first("model"), let name = choice(model, "name", among: ModelNames.pciModelNames) {
            device.target.modelName = name == "none" ? nil : name
        }
        if let target = element.first("target") { readTarget(&device.target, target) }
        if let node = element.first("target")?.first("node") {
            guard let number = LibvirtNumber.signed(node.text, base: 10), number >= 0 else {
                return refuse("invalid NUMA node in target", .libvirtNumber, node)
            }
            device.target.numaNode = Int(number)
        }
        if ["pci-root", "pcie-root"].contains(device.model), let hole = element.first("pcihole64") {
            if let complaint = ScaledSize.complaint(hole, defaultUnit: 1024) {
                return refuse(complaint, .libvirtNumber, hole)
            }
            let bytes = ScaledSize.bytes(hole, defaultUnit: 1024) ?? 0
            device.target.pciHole64 = bytes.dividedRoundingUp(by: 1024)
        }
    }

    private mutating func readTarget(_ settings: inout PCIControllerSettings, _ target: XMLElement) {
        settings.chassisNr = natural(target, "chassisNr", base: 0)
        settings.chassis = natural(target, "chassis", base: 0)
        settings.port = natural(target, "port", base: 0)
        settings.busNr = natural(target, "busNr", base: 0)
        settings.hotplug = onOff(target, "hotplug")
        settings.targetIndex = natural(target, "index", base: 0)
        // NEWS.rst @ 10.3.0: "conf: Introduce memReserve attribute to <controller/>".
        if LibvirtSpan.since(10, 3).contains(libvirt), target["memReserve"] != nil {
            settings.memoryReserve = UInt64(unsigned(target, "memReserve", isZeroAllowed: false))
        }
    }

    /// Companions of ICH9 have a master even where none is written.
    func readUSBMaster(_ device: inout DomainDevice) {
        let ports = ["ich9-uhci1": 0, "ich9-uhci2": 2, "ich9-uhci3": 4]
        if device.type == "usb", device.masterPort == nil { device.masterPort = ports[device.model] }
    }
}

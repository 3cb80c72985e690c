import BerthDiagnostics
import BerthPCI
package import BerthStack
package import BerthXML

/// Reads a domain as libvirt parses it, before it adds anything or chooses an address.
///
/// Source: `virDomainDefParseXML` in src/conf/domain_conf.c @ 9.0.0.
package enum DomainReader {
    /// The domain, and what libvirt would refuse, in its own words. Libvirt stops at the first complaint; here all are
    /// given, and what is refused is left out of the domain.
    package static func read(
        _ document: XMLDocument, file: String = "-", libvirt: LibvirtRelease = .newestMeasured
    ) -> (domain: WrittenDomain, refusals: [DomainRefusal]) {
        DocumentStage.written.note()
        var values = ValueReader(file: file, libvirt: libvirt)
        let root = document.root
        var domain = WrittenDomain(file: file, element: root, libvirt: libvirt)
        if root.name != "domain" {
            values.refuse("unexpected root element <\(root.name)>, expecting <domain>", .xmlRoot, root)
            return (domain, values.refusals)
        }
        readHead(&domain, root, &values)
        readDevices(&domain, root, &values)
        domain.passthrough = NamespaceReader(root, &values).passthrough
        return (domain, values.refusals)
    }

    /// A device that is in no document yet.
    package static func device(_ element: XMLElement, _ kind: DomainDevice.Kind, file: String) -> DomainDevice {
        var values = ValueReader(file: file)
        return values.device(element, kind)
    }

    /// The address that is written for a device, as far as it can be read.
    package static func address(of device: XMLElement) -> DeviceAddress {
        var values = ValueReader(file: "")
        return values.address(of: device)
    }

    private static func readHead(_ domain: inout WrittenDomain, _ root: XMLElement, _ values: inout ValueReader) {
        if let type = root.first("os")?.first("type"), let machine = type["machine"] {
            domain.machine = DomainMachine(name: machine, element: type)
        }
        if let memory = root.first("memory") {
            domain.memory.size = size(memory, &values)
        }
        if let maximum = root.first("maxMemory") {
            domain.memory.maximum = size(maximum, &values)
            domain.memory.slots = Int(values.unsigned(maximum, "slots", base: 10))
        }
    }

    private static func size(_ element: XMLElement, _ values: inout ValueReader) -> ByteCount {
        if let bytes = ScaledSize.bytes(element, defaultUnit: 1024) { return ByteCount(bytes) }
        if let complaint = ScaledSize.complaint(element, defaultUnit: 1024) {
            values.refuse(complaint, .libvirtNumber, element)
        }
        return .zero
    }

    /// More devices than any guest has; the time to sort them, and to look for their slots, grows with the square.
    private static let deviceLimit = 2000

    private static func readDevices(_ domain: inout WrittenDomain, _ root: XMLElement, _ values: inout ValueReader) {
        let libvirt = values.libvirt
        let elements = root.elements("devices").flatMap { $0.elements() }
        guard elements.count <= deviceLimit else {
            return values.refuse(
                "the domain has \(elements.count) devices; more than \(deviceLimit) are not read", .deviceCount,
                root.first("devices") ?? root)
        }
        for element in elements {
            guard let kind = DomainDevice.Kind(element: element.name), kind.releases.contains(libvirt) else { continue }
            domain.lists.insert(values.device(element, kind))
        }
        checkUSB(domain, &values)
    }

    /// Source: `virDomainDefControllersParse` in src/conf/domain_conf.c @ 9.0.0.
    private static func checkUSB(_ domain: WrittenDomain, _ values: inout ValueReader) {
        let controllers = domain[.controller].filter { $0.type == "usb" }
        if controllers.count > 1, controllers.contains(where: { $0.model == "none" }) {
            values.refuse(
                "Can't add another USB controller: USB is disabled for this domain", .usbDisabled,
                controllers[1].element ?? domain.element)
        }
        if !controllers.isEmpty, controllers.allSatisfy({ $0.masterPort != nil }) {
            values.refuse(
                "No master USB controller specified", .usbCompanion, controllers[0].element ?? domain.element)
        }
        guard controllers.contains(where: { $0.model == "none" }) else { return }
        for device in domain[.hostdev] where device.type == "usb" {
            values.refuse(
                "Can't add host USB device: USB is disabled in this host", .usbDisabled,
                device.element ?? domain.element)
        }
        for device in domain[.input] where device.type == "usb" {
            values.refuse(
                "Can't add USB input device. USB bus is disabled", .usbDisabled, device.element ?? domain.element)
        }
    }
}

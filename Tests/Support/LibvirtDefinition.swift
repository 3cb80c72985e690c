import BerthPCI
import BerthTopology
import BerthXML

/// The network interfaces of a domain that libvirt wrote back, by the path of slots from the root.
struct LibvirtDefinition {
    private let domain: XMLElement
    private var devices: [XMLElement] { domain.first("devices")?.elements() ?? [] }

    init(_ xml: String) throws { domain = try XMLDocument(xml, file: "dumpxml").root }

    var interfaces: [String: LibvirtAgreement.Seen] {
        var seen: [String: LibvirtAgreement.Seen] = [:]
        for device in devices where device.name == "interface" {
            guard let address = device.first("address"), let place = path(address) else { continue }
            let type = device.first("model")?["type"] ?? ""
            let driver = type.hasPrefix("virtio") ? "virtio-net-pci" + type.dropFirst("virtio".count) : type
            seen[place] = LibvirtAgreement.Seen(
                driver: driver, isMultifunction: address["multifunction"] == "on", values: values(device))
        }
        return seen
    }

    /// What the elements say, and what is overridden.
    private func values(_ device: XMLElement) -> [String: String] {
        var values: [String: String] = [:]
        values["mac"] = device.first("mac")?["address"]
        if let bar = device.first("rom")?["bar"] { values["rombar"] = bar == "on" ? "1" : "0" }
        let alias = device.first("alias")?["name"]
        for override in domain.first("qemu:override")?.elements() ?? [] where override["alias"] == alias {
            for property in override.first("qemu:frontend")?.elements() ?? [] {
                let value = property["value"] ?? ""
                values[property["name"] ?? ""] =
                    property["type"] == "bool" ? (value == "true" ? "on" : "off") : value
            }
        }
        return values
    }

    private func path(_ address: XMLElement) -> String? {
        func number(_ name: String) -> UInt8? { address[name].flatMap { UInt8($0.dropFirst(2), radix: 16) } }
        guard let bus = number("bus"), let slot = number("slot"), let function = number("function") else { return nil }
        let text = Slot("", devfn: slot << 3 | function).slotText
        guard bus > 0 else { return text }
        let controller = devices.first {
            $0.name == "controller" && $0["type"] == "pci" && $0["index"] == "\(bus)"
        }
        return controller?.first("address").flatMap(path).map { $0 + "/" + text }
    }
}

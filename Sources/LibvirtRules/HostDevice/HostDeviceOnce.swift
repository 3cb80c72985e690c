import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

struct HostDeviceOnce: DomainCheck {
    let rule = DomainRule(
        "hostdev-duplicate", "a host device is assigned once",
        sources: [
            "libvirt 9.0.0 src/conf/domain_validate.c virDomainDefHostdevValidate",
            "libvirt 9.0.0 src/conf/domain_conf.c virDomainHostdevMatch",
        ],
        """
        A device can belong to one guest, and there to one hostdev, or to one interface of type 'hostdev'. Libvirt
        compares the address on the host (PCI), the uuid (mdev), adapter, bus, target and unit
        (SCSI), or vendor and product, or bus and device (USB).
        """)

    func check(_ domain: CheckedDomain) -> [Finding] {
        var seen: Set<String> = []
        // Interfaces come first, as in libvirt's list.
        let interfaces = domain.devices("interface").filter { $0["type"] == "hostdev" }
        return (interfaces + domain.devices("hostdev")).compactMap { device in
            guard let key = Self.key(device), !seen.insert(key).inserted, let source = device.first("source") else {
                return nil
            }
            return finding(
                "Hostdev already exists in the domain configuration", at: source.first("address") ?? source, in: domain,
                fix: "remove one of the two")
        }
    }

    private static func key(_ device: XMLElement) -> String? {
        guard device["mode"] ?? "subsystem" == "subsystem", let source = device.first("source") else { return nil }
        switch device.name == "interface" ? source.first("address")?["type"] : device["type"] {
        case "pci":
            let address = source.first("address")
            let numbers = ["domain", "bus", "slot", "function"].map { name in
                LibvirtNumber.unsigned(address?[name] ?? "0").map { "\($0)" } ?? "?"
            }
            return numbers.contains("?") ? nil : "pci " + numbers.joined(separator: " ")
        case "mdev": return source.first("address")?["uuid"].map { "mdev " + $0.lowercased() }
        case "usb":
            guard let address = source.first("address") else { return nil }
            guard let bus = address["bus"], let number = address["device"] else { return nil }
            return "usb \(bus) \(number)"
        case "scsi":
            guard let adapter = source.first("adapter")?["name"], let address = source.first("address") else {
                return nil
            }
            let place = ["bus", "target", "unit"].map { address[$0] ?? "0" }
            return "scsi \(adapter) " + place.joined(separator: " ")
        default: return nil
        }
    }
}

import BerthDiagnostics
import BerthPCI
import BerthTopology

/// One `hostpciN:`.
struct HostPCI: Hashable {
    let number: Int
    var properties: PropertyString
    let location: SourceLocation

    var id: String { "hostpci\(number)" }

    /// Proxmox' own key for a property, and the value as it takes it; nil where it has none.
    static func key(of property: Property) -> (key: String, value: String)? {
        let keys = ["x-pci-vendor-id", "x-pci-device-id", "x-pci-sub-vendor-id", "x-pci-sub-device-id"]
        guard keys.contains(property.name), let number = UInt64(number: property.value.description), number <= 0xffff
        else {
            return nil
        }
        return (String(property.name.dropFirst("x-pci-".count)), "0x" + Hexadecimal.plain(UInt16(number), digits: 4))
    }

    /// What `host=` lists, parted by `;`.
    var hosts: [String] { (properties["host"] ?? "").split(separator: ";").map(String.init) }
    var mapping: String? { properties["mapping"] }
    var mediatedType: String? { properties["mdev"] }
    var isLegacyIGD: Bool { properties.isOn("legacy-igd") == true }
    var isPrimary: Bool { properties.isOn("x-vga") == true }
    var isExpress: Bool { properties.isOn("pcie") == true }
    var hasROM: Bool { properties.isOn("rombar") != false }

    /// Whether it is all of 00:02, or its function 0.
    var isIGD: Bool { hosts.count == 1 && Self.functions(hosts[0]).map { $0.isIGD } == true }

    /// The first function that a host's address names; nil for what is none.
    ///
    /// Source: `$PCIRE` in PVE/QemuServer/PCI.pm.
    static func functions(_ text: String) -> PCIAddress? {
        PCIAddress(text.contains(".") ? text : "\(text).0")
    }

    /// Whether an address names a slot, and with it each function that the host has there.
    static func isWholeSlot(_ text: String) -> Bool { !text.contains(".") }
}

extension VMConfiguration {
    /// In the order of their numbers.
    var hostDevices: [HostPCI] {
        (0..<16).compactMap { number in
            guard let setting = settings["hostpci\(number)"],
                let properties = try? PropertyString(setting.value, defaultKey: "host")
            else { return nil }
            return HostPCI(number: number, properties: properties, location: setting.location)
        }
    }

    /// The IGD among them: by its address, else the one that legacy mode is asked for, else the only mapping, whose device no file but
    /// Proxmox' own list names.
    var igd: HostPCI? {
        let devices = hostDevices.filter { $0.mediatedType == nil }
        if let found = devices.first(where: \.isIGD) ?? devices.first(where: \.isLegacyIGD) { return found }
        let mapped = devices.filter { $0.mapping != nil }
        return mapped.count == 1 && shareOfIGD == nil ? mapped[0] : nil
    }

    /// A virtual function of the IGD, or a mediated device, which may be of it.
    var shareOfIGD: HostPCI? {
        hostDevices.first { device in
            device.mediatedType.map { !$0.hasPrefix("nvidia") } == true
                || device.hosts.contains { HostPCI.functions($0)?.isVirtualFunctionOfIGD == true }
        }
    }
}

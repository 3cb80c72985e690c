import BerthDiagnostics
import BerthXML

/// Reads address elements.
///
/// Source: `virDomainDeviceAddressParseXML` in src/conf/domain_conf.c, `virPCIDeviceAddressParseXML` in
/// src/conf/device_conf.c, `virPCIDeviceAddressIsValid` in src/util/virpci.c @ 9.0.0.
extension ValueReader {
    private static let types = [
        "none", "pci", "drive", "virtio-serial", "ccid", "usb", "spapr-vio", "virtio-s390", "ccw", "virtio-mmio", "isa",
        "dimm", "unassigned",
    ]

    /// The address of a device, from its first address element.
    mutating func address(of device: XMLElement) -> DeviceAddress {
        guard let element = device.first("address") else { return .none }
        guard let type = element["type"] else {
            refuse("No type specified for device address", .addressType, element)
            return .none
        }
        guard Self.types.contains(type), type != "none" else {
            refuse("unknown address type '\(type)'", .addressType, element, attribute: "type")
            return .none
        }
        switch type {
        case "pci":
            let address = pciAddress(element)
            if let address, address.isEmpty, address.function > 0 {
                refuse(
                    "libvirt takes 0000:00:00.\(address.function) for no address and chooses another", .emptyAddress,
                    element, attribute: "function", effect: .misreads)
            }
            return address.map { .pci($0) } ?? .none
        case "drive":
            return .drive(
                DriveAddress(
                    controller: decimal(element, "controller"), bus: decimal(element, "bus"),
                    target: decimal(element, "target"), unit: decimal(element, "unit")))
        case "virtio-serial":
            return .virtioSerial(
                controller: decimal(element, "controller"), bus: decimal(element, "bus"), port: decimal(element, "port")
            )
        case "ccid": return .ccid(controller: decimal(element, "controller"), slot: decimal(element, "slot"))
        case "usb": return .usb(bus: decimal(element, "bus"), port: element["port"])
        case "virtio-s390":
            refuse("virtio-s390 bus doesn't have an address", .addressType, element, attribute: "type")
            return .none
        case "unassigned": return .unassigned
        default: return .other(type)
        }
    }

    /// A guest's address, or one on the host. Nil where it is refused.
    mutating func pciAddress(_ element: XMLElement) -> DomainPCIAddress? {
        let before = refusals.count
        let domain = unsigned(element, "domain")
        let bus = unsigned(element, "bus")
        let slot = unsigned(element, "slot")
        let function = unsigned(element, "function")
        let multifunction = onOff(element, "multifunction")
        guard refusals.count == before else { return nil }
        for name in ["domain", "bus", "slot", "function"] { warnOfOctal(element, name) }
        let isEmpty = domain == 0 && bus == 0 && slot == 0
        if !isEmpty || function > 7 {
            var limit: (name: String, message: String)?
            if bus > 0xff {
                limit = ("bus", "bus='\(Hexadecimal.string(bus))', must be <= 0xFF")
            } else if slot > 0x1f {
                limit = ("slot", "slot='\(Hexadecimal.string(slot))', must be <= 0x1F")
            } else if function > 7, !isEmpty {
                limit = ("function", "function=\(Hexadecimal.string(function)), must be <= 7")
            }
            if let limit {
                refuse("Invalid PCI address \(limit.message)", .pciAddressRange, element, attribute: limit.name)
                return nil
            }
        }
        return DomainPCIAddress(
            domain: domain, bus: Int(bus), slot: Int(slot), function: Int(function), multifunction: multifunction)
    }

    /// The schema, and most people, read another number.
    private mutating func warnOfOctal(_ element: XMLElement, _ name: String) {
        guard let text = element[name], text.utf8.count > 1, text.hasPrefix("0"), !text.lowercased().hasPrefix("0x"),
            let value = LibvirtNumber.unsigned(text), let decimal = UInt32(text), decimal != value
        else { return }
        refuse(
            "libvirt reads '\(text)' as octal, which is \(value)", .octalNumber, element, attribute: name,
            effect: .misreads, fix: "write \(name)='\(Hexadecimal.string(decimal, digits: 2))' for \(decimal)")
    }

    private mutating func decimal(_ element: XMLElement, _ name: String) -> Int {
        Int(unsigned(element, name, base: 10))
    }
}

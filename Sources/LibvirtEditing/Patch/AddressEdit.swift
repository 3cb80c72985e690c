import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

extension XMLEditor {
    /// Gives a device a PCI address. Numbers that are right stay as they are written.
    mutating func setAddress(_ address: DomainPCIAddress, of device: XMLElement) {
        guard let element = device.first("address") else {
            return append(LibvirtAddress.element(address), to: device)
        }
        for (name, value, digits) in address.numbers {
            let isRight = element[name].map { LibvirtNumber.unsigned($0).map { Int($0) } == value } ?? (value == 0)
            if !isRight { set(name, to: Hexadecimal.string(value, digits: digits), of: element) }
        }
    }
}

extension LibvirtAddress {
    /// As libvirt writes it.
    static func element(_ address: DomainPCIAddress) -> XMLElement {
        var element = XMLElement("address", ["type": "pci", "domain": "0x0000"])
        for (name, value, digits) in address.numbers { element[name] = Hexadecimal.string(value, digits: digits) }
        if let isOn = address.multifunction { element["multifunction"] = isOn ? "on" : "off" }
        return element
    }
}

extension DomainPCIAddress {
    /// Attributes with their values and the digits libvirt gives them.
    fileprivate var numbers: [(name: String, value: Int, digits: Int)] {
        [("bus", bus, 2), ("slot", slot, 2), ("function", function, 1)]
    }
}

import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

struct USBAddressOnce: DomainCheck {
    let rule = DomainRule(
        "usb-double-use", "one USB device is at one port",
        sources: ["libvirt 9.0.0 src/conf/domain_addr.c virDomainUSBAddressReserve"],
        """
        bus= is the index of a USB controller; a port has one device.
        """)

    func check(_ domain: CheckedDomain) -> [Finding] {
        var seen: Set<String> = []
        return domain.devices.compactMap { device in
            guard let address = device.first("address"), address["type"] == "usb", device.isUSB,
                let port = address["port"],
                !port.isEmpty
            else { return nil }
            let bus = address["bus"].flatMap { LibvirtNumber.unsigned($0, base: 10) } ?? 0
            guard !seen.insert("\(bus) \(port)").inserted else { return nil }
            return finding(
                "Duplicate USB address bus \(bus) port \(port)", at: address, "port", in: domain,
                fix: "write another port, or remove <address>")
        }
    }
}

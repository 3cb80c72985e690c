import BerthDiagnostics
import BerthXML

/// A port of a virtio-serial controller exists.
struct VirtioSerialPort: DomainRule {
    let id: RuleID = "virtio-serial-port"
    let summary = "a port of a virtio-serial controller exists"
    let documentation = """
        A controller has 31 ports unless ports= says another number; port 0 is kept for a console.
        """
    let sources = ["libvirt 9.0.0 src/conf/domain_addr.c virDomainVirtioSerialAddrReserve"]

    func check(_ domain: CheckedDomain) -> [Finding] {
        domain.devices.compactMap { device in
            guard ["channel", "console"].contains(device.name), let address = device.first("address"),
                address["type"] == "virtio-serial",
                let port = LibvirtNumber.unsigned(address["port"] ?? "0", base: 10),
                let number = LibvirtNumber.unsigned(address["controller"] ?? "0", base: 10)
            else { return nil }
            let controller = domain.devices("controller").first { candidate in
                candidate["type"] == "virtio-serial" && candidate["index"] == "\(number)"
            }
            let ports = controller?["ports"].flatMap { LibvirtNumber.unsigned($0, base: 10) } ?? 31
            guard port >= ports else { return nil }
            return finding(
                "virtio serial controller \(number) does not have port \(port)", at: address, "port", in: domain,
                fix: "write a port below \(ports)")
        }
    }
}

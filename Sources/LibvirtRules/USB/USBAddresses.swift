import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

/// Where USB devices are plugged in.
enum USBAddresses: RuleTable {
    static let all = [number, exists, once, portProperty]

    private static func addressed(_ domain: CheckedDomain) -> [(device: XMLElement, address: XMLElement, bus: UInt32)] {
        domain.devices.compactMap { device in
            guard let address = device.first("address"), address["type"] == "usb", device.isUSB else { return nil }
            return (device, address, address["bus"].flatMap { LibvirtNumber.unsigned($0, base: 10) } ?? 0)
        }
    }

    /// One to four ports, from the controller's over hubs.
    private static func path(_ text: String) -> [UInt32]? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).map { UInt32($0) }
        guard (1...4).contains(parts.count), parts.allSatisfy({ $0 != nil }) else { return nil }
        var path = parts.compactMap(\.self)
        while path.count > 1, path.last == 0 { path.removeLast() }
        return path
    }

    private static let number = RuleRow.domain(
        "usb-port-number", "the port of a USB device is one to four numbers", remedy: "write port='1'",
        sources: ["libvirt 9.0.0 src/conf/device_conf.c virDomainDeviceUSBAddressParsePort"],
        "1.2.3 is port 3 of a hub at port 2 of a hub at port 1 of the controller."
    ) { domain, report in
        for (_, address, _) in addressed(domain) {
            guard let port = address["port"], path(port) == nil else { continue }
            report.refuse("Cannot parse <address> 'port' attribute", at: address, "port")
        }
    }

    private static let portProperty = RuleRow.devices(
        "controller", "usb-address-port", "a PCIe port has no port on USB", remedy: "write an address of type 'pci'",
        sources: ["libvirt 9.0.0 src/qemu/qemu_command.c qemuBuildDeviceAddressProps"],
        "Its own port= and that of a USB address are one property of QEMU: no command line comes about."
    ) { controller, _, report in
        guard controller["type"] == "pci",
            ["pcie-root-port", "pcie-switch-downstream-port"].contains(controller["model"]),
            let address = controller.first("address"), address["type"] == "usb", address["port"] != nil
        else { return }
        report.refuse("duplicate key 'port'", at: address, "port")
    }

    private static let exists = RuleRow.domain(
        "usb-port", "a USB device is at a port that a controller or a hub has",
        remedy: "remove <address>, libvirt then finds a free port",
        sources: ["libvirt 9.0.0 src/conf/domain_addr.c virDomainUSBAddressFindPort, virDomainUSBAddressAssign"],
        """
        bus= is the index of a USB controller. UHCI has 2 ports, EHCI 6, OHCI 3, xHCI 4 unless ports= says otherwise, a hub 8;
        companions have none of their own.
        """
    ) { domain, report in
        guard let assigned = domain.assigned else { return }
        var ports: [UInt32: Int] = [:]
        for controller in assigned[.controller] where controller.type == "usb" && controller.usbPorts > 0 {
            if let index = controller.index { ports[UInt32(index)] = controller.usbPorts }
        }
        var hubs: Set<[UInt32]> = []
        let all = addressed(domain).filter { $0.address["port"].map { path($0) != nil } ?? true }
        for (device, address, bus) in all.filter({ $0.device.name == "hub" }) + all.filter({ $0.device.name != "hub" })
        {
            if let message = complaint(bus, address["port"].flatMap(path) ?? [], ports, hubs) {
                report.refuse(message, at: address)
            } else if device.name == "hub", let path = address["port"].flatMap(path) {
                hubs.insert([bus] + path)
            }
        }
    }

    private static func complaint(
        _ bus: UInt32, _ path: [UInt32], _ ports: [UInt32: Int], _ hubs: Set<[UInt32]>
    ) -> String? {
        guard let first = path.first, first > 0 else {
            return ports[bus] == nil ? "USB bus \(bus) requested but no controller with that index is present" : nil
        }
        guard var count = ports[bus] else { return "Missing USB bus \(bus)" }
        let written = path.map { "\($0)" }.joined(separator: ".")
        for (depth, port) in path.enumerated() {
            let isLast = depth == path.count - 1
            if Int(port) > count || port == 0 {
                return isLast
                    ? "requested USB port \(written) not present on USB bus \(bus)"
                    : "port \(port) out of range in USB address bus: \(bus) port: \(written)"
            }
            if isLast { return nil }
            guard hubs.contains([bus] + path[...depth]) else {
                return "there is no hub at port \(port) in USB address bus: \(bus) port: \(written)"
            }
            count = 8
        }
        return nil
    }

    private static let once = RuleRow.domain(
        "usb-double-use", "one USB device is at one port", remedy: "write another port, or remove <address>",
        sources: ["libvirt 9.0.0 src/conf/domain_addr.c virDomainUSBAddressReserve"],
        "bus= is the index of a USB controller; a port has one device."
    ) { domain, report in
        var seen: Set<String> = []
        for (_, address, bus) in addressed(domain) {
            guard let port = address["port"], !port.isEmpty, !seen.insert("\(bus) \(port)").inserted else { continue }
            report.refuse("Duplicate USB address bus \(bus) port \(port)", at: address, "port")
        }
    }
}

extension XMLElement {
    /// A device that sits on USB (`virDomainUSBDeviceDefForeach` in src/conf/domain_conf.c @ 9.0.0).
    var isUSB: Bool {
        switch name {
        case "hub": self["type"] == "usb"
        case "disk": first("target")?["bus"] == "usb"
        case "hostdev", "controller": ["usb", "ccid"].contains(self["type"] ?? "")
        case "input": self["bus"] == "usb" || self["bus"] == nil && self["type"] == "tablet"
        case "redirdev": true
        case "sound": self["model"] == "usb"
        case "serial": first("target")?["type"] == "usb-serial"
        default: false
        }
    }
}

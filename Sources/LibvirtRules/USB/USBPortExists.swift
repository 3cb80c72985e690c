import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

struct USBPortExists: DomainCheck {
    let rule = DomainRule(
        "usb-port", "a USB device is at a port that a controller or a hub has",
        sources: [
            "libvirt 9.0.0 src/conf/domain_addr.c virDomainUSBAddressFindPort, virDomainUSBAddressAssign",
            "libvirt 9.0.0 src/conf/domain_addr.c virDomainUSBAddressControllerModelToPorts",
            "libvirt 9.0.0 src/conf/device_conf.c virDomainDeviceUSBAddressParsePort",
            "libvirt 9.0.0 src/qemu/qemu_domain.c qemuDomainControllerDefPostParse",
        ],
        """
        bus= is the index of a USB controller; port= goes from the controller's port over hubs, 1.2.3, at most four
        deep. UHCI has 2 ports, EHCI 6, OHCI 3, xHCI 4 unless ports= says otherwise (at most 15), a hub 8; companions
        have none of their own.
        """)

    func check(_ domain: CheckedDomain) -> [Finding] {
        var found = controllers(domain)
        let addressed = domain.devices.filter { $0.first("address")?["type"] == "usb" && $0.isUSB }
        found += addressed.compactMap { device in
            guard let address = device.first("address"), let port = address["port"], path(port) == nil else {
                return nil
            }
            return finding(
                "Cannot parse <address> 'port' attribute", at: address, "port", in: domain,
                fix: "write port='1'")
        }
        guard let assigned = domain.assigned, found.isEmpty else { return found }
        var ports: [UInt32: Int] = [:]
        for controller in assigned[.controller] where controller.type == "usb" {
            let count = Self.ports(of: controller)
            guard count > 0, let index = controller.index.map({ UInt32($0) }) else { continue }
            if ports[index] != nil {
                found.append(
                    finding(
                        "Duplicate USB controllers with index \(index)", at: controller.element ?? domain.root,
                        in: domain, fix: "write another index"))
            }
            ports[index] = count
        }
        var hubs: Set<[UInt32]> = []
        let ordered = addressed.filter { $0.name == "hub" } + addressed.filter { $0.name != "hub" }
        for device in ordered {
            guard let address = device.first("address") else { continue }
            let bus = address["bus"].flatMap { LibvirtNumber.unsigned($0, base: 10) } ?? 0
            guard let complaint = complaint(bus, address["port"], ports, hubs) else {
                if device.name == "hub", let path = address["port"].flatMap(path) { hubs.insert([bus] + path) }
                continue
            }
            found.append(
                finding(
                    complaint, at: address, in: domain, fix: "remove <address>, libvirt then finds a free port"))
        }
        return found
    }

    private func complaint(
        _ bus: UInt32, _ text: String?, _ ports: [UInt32: Int], _ hubs: Set<[UInt32]>
    ) -> String? {
        let path = text.flatMap(path) ?? []
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

    private func path(_ text: String) -> [UInt32]? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).map { UInt32($0) }
        guard (1...4).contains(parts.count), parts.allSatisfy({ $0 != nil }) else { return nil }
        var path = parts.compactMap(\.self)
        while path.count > 1, path.last == 0 { path.removeLast() }
        return path
    }

    private static func ports(of controller: DomainDevice) -> Int {
        switch controller.model {
        case "piix3-uhci", "piix4-uhci", "vt82c686b-uhci", "": 2
        case "ehci", "ich9-ehci1": 6
        case "pci-ohci": 3
        case "qemu-xhci", "nec-xhci", "qusb1", "qusb2":
            controller[attribute: "ports"].flatMap { LibvirtNumber.signed($0, base: 10) }.map { Int($0) } ?? 4
        default: 0
        }
    }

    private func controllers(_ domain: CheckedDomain) -> [Finding] {
        domain.devices("controller").compactMap { controller in
            guard controller["type"] == "usb" else { return nil }
            let model = controller["model"] ?? "piix3-uhci"
            if ["qusb1", "qusb2"].contains(model) {
                return finding(
                    "USB controller model type 'qusb1' or 'qusb2' is not supported in QEMU", at: controller, "model",
                    in: domain, fix: "write model='qemu-xhci'")
            }
            if model == "vt82c686b-uhci" {
                return finding(
                    "USB controller model '\(model)' not supported in this QEMU binary", at: controller, "model",
                    in: domain, fix: "write model='qemu-xhci'")
            }
            guard let ports = controller["ports"].flatMap({ LibvirtNumber.signed($0, base: 10) }) else { return nil }
            guard ["qemu-xhci", "nec-xhci"].contains(model) else {
                return model == "none"
                    ? nil
                    : finding(
                        "usb controller type '\(model)' doesn't support 'ports' with this QEMU binary",
                        at: controller, "ports", in: domain, fix: "remove ports=")
            }
            guard ports > 15 else { return nil }
            return finding(
                "'\(model)' controller only supports up to '15' ports", at: controller, "ports", in: domain,
                fix: "write ports='15'")
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

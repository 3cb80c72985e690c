import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

struct NetworkOption: DomainCheck {
    let rule = DomainRule(
        "interface-option", "a network interface has only the options of its type and model",
        sources: [
            "libvirt 9.0.0 src/conf/domain_validate.c virDomainNetDefValidate, virDomainNetDefValidatePortOptions",
            "libvirt 9.0.0 src/qemu/qemu_validate.c qemuValidateDomainDeviceDefNetwork",
            "libvirt 9.0.0 src/conf/domain_conf.c virDomainNetDefParseXML",
        ],
        """
        The virtio options and a persistent team are for virtio; queue sizes are powers of two. Guest addresses are for
        user networks, one of each family; an MTU, coalescing, host addresses, isolated ports and vlan tags are for the
        types that have them. The host's networks are not looked at.
        """)

    func check(_ domain: CheckedDomain) -> [Finding] {
        domain.devices("interface").flatMap { device in
            (parts(device) + virtio(device) + addresses(device) + team(device)).map { element, message in
                finding(message, at: element, in: domain, fix: "remove <\(element.name)>, or change it")
            }
        }
    }

    private typealias Complaint = (XMLElement, String)

    private func type(_ device: XMLElement) -> String { device["type"] ?? "user" }

    private func isVirtio(_ device: XMLElement) -> Bool {
        let model = device.first("model")?["type"] ?? ""
        return ModelNames.virtio.contains(model.lowercased()) || model.isEmpty && type(device) == "vdpa"
    }

    private func mac(_ device: XMLElement) -> String { device.first("mac")?["address"]?.lowercased() ?? "" }

    private func parts(_ device: XMLElement) -> [Complaint] {
        let type = type(device)
        var found: [Complaint] = []
        let needsSource = ["network", "bridge", "direct", "vhostuser", "hostdev", "internal", "vdpa", "vds"]
        if needsSource.contains(type) || ["client", "server", "mcast", "udp"].contains(type),
            device.first("source") == nil
        {
            found.append((device, "interface type='\(type)' requires a 'source' element"))
        }
        if type == "udp", let source = device.first("source"), source.first("local") == nil {
            found.append((source, "'<local>' element missing for 'udp' socket interface"))
        }
        if let address = device.first("mac"), let first = UInt8(mac(device).prefix(2), radix: 16), first & 1 == 1 {
            found.append((address, "expected unicast mac address, found multicast '\(mac(device))'"))
        }
        if let mtu = device.first("mtu"), mtu["size"] ?? "0" != "0",
            !["network", "bridge", "ethernet", "vhostuser"].contains(type)
        {
            found.append((mtu, "setting MTU on interface type \(type) is not supported yet"))
        }
        if let coalesce = device.first("coalesce"), coalesce.first("rx")?.first("frames") != nil,
            !["network", "bridge"].contains(type)
        {
            found.append((coalesce, "coalesce settings on interface type \(type) are not supported"))
        }
        if let port = device.first("port"), port["isolated"] == "yes", !["network", "bridge"].contains(type) {
            found.append(
                (
                    port,
                    "interface \(mac(device)) - <port isolated='yes'/> is not supported for network interfaces with "
                        + "type='\(type)'"
                ))
        }
        if let target = device.first("target"), target["managed"] == "no", type != "ethernet" {
            found.append((target, "unmanaged target dev is not supported on interfaces of type '\(type)'"))
        }
        if let backend = device.first("backend"), backend["type"] == "passt" {
            found.append((backend, "Invalid value for attribute 'type' in element 'backend': 'passt'."))
        }
        if type == "vhostuser", !isVirtio(device) {
            found.append(
                (
                    device,
                    "Wrong or no <model> 'type' attribute specified with <interface type='vhostuser'/>. vhostuser "
                        + "requires the virtio-net* frontend"
                ))
        }
        if type == "vdpa", let model = device.first("model")?["type"], model != "virtio" {
            found.append((device, "invalid model for interface of type 'vdpa': '\(model)'"))
        }
        return found
    }

    private func virtio(_ device: XMLElement) -> [Complaint] {
        guard let driver = device.first("driver") else { return [] }
        guard isVirtio(device) else {
            return VirtioOptions.complaints.filter { driver[$0.0] != nil }.map { (driver, $0.1) }
        }
        var found: [Complaint] = []
        if let name = driver["name"], !["qemu", "vhost"].contains(name), type(device) != "hostdev" {
            found.append((driver, "Invalid value for attribute 'name' in element 'driver': '\(name)'."))
        }
        return found
            + ["rx_queue_size", "tx_queue_size"].compactMap { name in
                guard let size = driver[name].flatMap({ LibvirtNumber.unsigned($0, base: 10) }), size != 0,
                    size.nonzeroBitCount != 1
                else { return nil }
                return (driver, "\(name) has to be a power of two")
            }
    }

    private func addresses(_ device: XMLElement) -> [Complaint] {
        let type = type(device)
        let inside = device.elements("ip")
        let route = device.first("route")
        var found: [Complaint] = []
        if type == "user" {
            if let route {
                found.append(
                    (
                        route,
                        "Invalid attempt to set network interface guest-side IP route, not supported by QEMU"
                    ))
            }
            var families: Set<String> = []
            for address in inside {
                let family = address["address"]?.contains(":") ?? false ? "IPv6" : "IPv4"
                let prefix = address["prefix"].flatMap { LibvirtNumber.unsigned($0, base: 10) } ?? 0
                if address["peer"] != nil { found.append((address, "Invalid attempt to set peer IP for guest")) }
                if !families.insert(family).inserted {
                    found.append((address, "Only one \(family) address per interface is allowed"))
                } else if family == "IPv4", prefix > 0, !(4...27).contains(prefix) {
                    found.append((address, "invalid prefix, must be in range of 4-27"))
                } else if family == "IPv6", prefix != 0, prefix != 64 {
                    found.append((address, "unsupported IPv6 address prefix='\(prefix)' - must be 64"))
                }
            }
        } else if let element = inside.first ?? route {
            found.append(
                (
                    element,
                    "Invalid attempt to set network interface guest-side IP route and/or address info, not supported "
                        + "by QEMU"
                ))
        }
        if let source = device.first("source"), type != "ethernet",
            let element = source.first("ip") ?? source.first("route")
        {
            found.append(
                (
                    element,
                    "Invalid attempt to set network interface host-side IP route and/or address info on interface of "
                        + "type '\(type)'. This is only supported on interfaces of type 'ethernet'"
                ))
        }
        return found
    }

    private func team(_ device: XMLElement) -> [Complaint] {
        guard let team = device.first("teaming") else { return [] }
        switch team["type"] {
        case "transient":
            if team["persistent"] == nil {
                return [(team, "teaming persistent attribute must be set if teaming type is 'transient'")]
            }
            return ["hostdev", "network"].contains(type(device))
                ? []
                : [
                    (
                        team,
                        "virtio-net teaming transient interface must be type='hostdev', not '\(type(device))'"
                    )
                ]
        case "persistent":
            if team["persistent"] != nil {
                return [(team, "teaming persistent attribute not allowed if teaming type is 'persistent'")]
            }
            return isVirtio(device)
                ? []
                : [
                    (
                        team,
                        "virtio-net teaming persistent interface must be <model type='virtio'/>, not "
                            + "'\(device.first("model")?["type"] ?? "rtl8139")'"
                    )
                ]
        default: return []
        }
    }
}

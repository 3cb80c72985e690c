import BerthDiagnostics
import BerthLibvirtDomain
import BerthStack
import BerthXML

/// What a network interface says of its connection to the host.
enum InterfaceOptions: RuleTable {
    static let all = [source, portForward, local, mac, mtu, coalescing, isolation, target, backend, memory]

    private static let validate = ["libvirt 9.0.0 src/conf/domain_validate.c virDomainNetDefValidate"]
    private static let parsing = ["libvirt 9.0.0 src/conf/domain_conf.c virDomainNetDefParseXML"]

    private static let source = RuleRow.devices(
        "interface", "interface-source", "an interface names what it is connected to", remedy: "add <source>",
        sources: parsing, "Only user networks and those of a card made on the fly have no source."
    ) { device, domain, report in
        let types = [
            "network", "bridge", "direct", "vhostuser", "hostdev", "internal", "vdpa", "vds", "client", "server",
            "mcast", "udp",
        ]
        guard types.contains(device.interfaceType), device.first("source") == nil, !isServedByPasst(device, domain)
        else { return }
        report.refuse("interface type='\(device.interfaceType)' requires a 'source' element", at: device)
    }

    /// NEWS.rst @ 11.1.0: "Support using passt as the backend for interface type='vhostuser'".
    static func isServedByPasst(_ device: XMLElement, _ domain: CheckedDomain) -> Bool {
        device.interfaceType == "vhostuser" && device.first("backend")?["type"] == "passt"
            && domain.isRead(by: .since(11, 1))
    }

    private static let portForward = RuleRow.devices(
        "interface", "interface-forward", "ports are forwarded by passt", releases: .since(9, 1),
        remedy: "write <backend type='passt'/>",
        sources: ["libvirt 11.3.0 src/conf/domain_validate.c virDomainNetDefValidate"],
        "SLIRP inside QEMU forwards none for libvirt."
    ) { device, domain, report in
        let isServed = device["type"] ?? "" == "user" && device.first("backend")?["type"] == "passt"
        guard let forward = device.first("portForward"), !isServed, !isServedByPasst(device, domain) else { return }
        let types = domain.isRead(by: .since(11, 1)) ? "type='user' or type='vhostuser'" : "type='user'"
        report.refuse(
            "The <portForward> element can only be used with the 'passt' backend of interface \(types)", at: forward)
    }

    private static let local = RuleRow.devices(
        "interface", "interface-local", "a UDP socket has two ends", remedy: "add <local address= port=>",
        sources: parsing, "<source> is the far end, <local> in it the near one."
    ) { device, _, report in
        guard device.interfaceType == "udp", let source = device.first("source"), source.first("local") == nil else {
            return
        }
        report.refuse("'<local>' element missing for 'udp' socket interface", at: source)
    }

    private static let mac = RuleRow.devices(
        "interface", "interface-mac", "the address of a card is one of a single card",
        remedy: "write an even first byte, such as 52", sources: parsing,
        "The lowest bit of the first byte marks a group of cards."
    ) { device, _, report in
        guard let address = device.first("mac"), let first = UInt8(device.mac.prefix(2), radix: 16), first & 1 == 1
        else { return }
        report.refuse("expected unicast mac address, found multicast '\(device.mac)'", at: address)
    }

    private static let mtu = RuleRow.devices(
        "interface", "interface-mtu", "an MTU is set on a type that has one", sources: validate,
        "network, bridge, ethernet and vhostuser have a device of the host on which it can be set."
    ) { device, _, report in
        guard let mtu = device.first("mtu"), mtu["size"] ?? "0" != "0",
            !["network", "bridge", "ethernet", "vhostuser"].contains(device.interfaceType)
        else { return }
        report.surplus("setting MTU on interface type \(device.interfaceType) is not supported yet", mtu)
    }

    private static let coalescing = RuleRow.devices(
        "interface", "interface-coalesce", "interrupts are coalesced on a tap device of a bridge", sources: validate,
        "network and bridge have one."
    ) { device, _, report in
        guard let coalesce = device.first("coalesce"), coalesce.first("rx")?.first("frames") != nil,
            !device.isOnBridge
        else { return }
        report.surplus("coalesce settings on interface type \(device.interfaceType) are not supported", coalesce)
    }

    private static let isolation = RuleRow.devices(
        "interface", "interface-isolation", "a port that is isolated is one of a bridge",
        sources: ["libvirt 9.0.0 src/conf/domain_validate.c virDomainNetDefValidatePortOptions"],
        "Isolation is a flag of a Linux bridge's port."
    ) { device, _, report in
        guard let port = device.first("port"), port["isolated"] == "yes", !device.isOnBridge else { return }
        report.surplus(
            "interface \(device.mac) - <port isolated='yes'/> is not supported for network interfaces with "
                + "type='\(device.interfaceType)'", port)
    }

    private static let target = RuleRow.devices(
        "interface", "interface-unmanaged", "a device that somebody else made is of type ethernet", sources: validate,
        "managed='no' takes a tap device that is there."
    ) { device, _, report in
        guard let target = device.first("target"), target["managed"] == "no", device.interfaceType != "ethernet" else {
            return
        }
        report.surplus(
            "unmanaged target dev is not supported on interfaces of type '\(device.interfaceType)'", target)
    }

    private static let backend = RuleRow.devices(
        "interface", "interface-backend", "the backend of a user network is one libvirt knows", releases: .until(9, 1),
        sources: parsing, "passt is known since libvirt 9.0, and not to that of Debian 12."
    ) { device, _, report in
        guard let backend = device.first("backend"), backend["type"] == "passt" else { return }
        report.surplus("Invalid value for attribute 'type' in element 'backend': 'passt'.", backend)
    }

    private static let memory = RuleRow.devices(
        "interface", "interface-memory", "a guest with a vhost-user interface shares its memory",
        releases: .since(11, 2), remedy: "write <memoryBacking><access mode='shared'/>",
        sources: ["libvirt 11.2.0 NEWS.rst: qemu: Use common check for shared memory use for vhost-user"],
        "The process reads and writes the guest's memory. Releases before warn in their log only."
    ) { device, domain, report in
        guard device.interfaceType == "vhostuser", !domain.hasSharedMemory else { return }
        report.refuse("'interface' requires shared memory", at: device)
    }
}

extension XMLElement {
    var interfaceType: String { self["type"] ?? "user" }
    var isOnBridge: Bool { ["network", "bridge"].contains(interfaceType) }
    var mac: String { first("mac")?["address"]?.lowercased() ?? "" }

    /// A card of virtio.
    var isVirtioCard: Bool {
        let model = first("model")?["type"] ?? ""
        return ModelNames.virtio.contains(model.lowercased()) || model.isEmpty && interfaceType == "vdpa"
    }
}

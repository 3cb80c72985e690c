import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

/// Channels between guest and host.
enum VirtioChannels: RuleTable {
    static let all = [console, agent, xen, address, port, family]

    private static let parsing = ["libvirt 9.0.0 src/conf/domain_conf.c virDomainChrDefParseTargetXML"]
    private static let command = ["libvirt 9.0.0 src/qemu/qemu_command.c qemuBuildVirtioSerialPortDevProps"]
    private static let remedy = "change <target>"

    private static func place(_ device: XMLElement, _ target: XMLElement) -> XMLElement {
        device.first("address") ?? target
    }

    private static let console = RuleRow.devices(
        "console", "console-virtio-address", "a console of virtio is behind a virtio-serial controller",
        remedy: "remove <address>", sources: command, "Where a channel has another address, libvirt chooses one."
    ) { device, _, report in
        guard let target = device.first("target"), target["type"] == "virtio",
            let type = device.first("address")?["type"], !["virtio-serial", "ccw"].contains(type)
        else { return }
        report.refuse("virtio serial device has invalid address type", at: place(device, target))
    }

    private static let agent = RuleRow.domain(
        "channel-target", "the channel of SPICE's agent has its name", remedy: "write name='com.redhat.spice.0'",
        sources: command, "The agent in the guest looks for it."
    ) { domain, report in
        for device in domain.devices("channel") + domain.devices("console") {
            guard let target = device.first("target"), target["type"] == "virtio", device["type"] == "spicevmc",
                let name = target["name"], name != "com.redhat.spice.0"
            else { continue }
            report.refuse("Unsupported spicevmc target name '\(name)'", at: place(device, target))
        }
    }

    private static let xen = RuleRow.devices(
        "channel", "channel-xen", "a channel is one QEMU has", remedy: remedy, sources: command,
        "xen channels are Xen's; libvirt does not say so."
    ) { device, _, report in
        guard let target = device.first("target"), target["type"] == "xen" else { return }
        report.refuse("An error occurred, but the cause is unknown", at: place(device, target))
    }

    private static func forward(_ domain: CheckedDomain) -> [(device: XMLElement, target: XMLElement)] {
        (domain.devices("channel") + domain.devices("console")).compactMap { device in
            guard let target = device.first("target"), target["type"] == "guestfwd" else { return nil }
            return (device, target)
        }
    }

    private static let address = RuleRow.domain(
        "guestfwd-address", "what is forwarded from a user network has an address", remedy: "add address=",
        sources: parsing, "The guest connects to it."
    ) { domain, report in
        for (device, target) in forward(domain) where target["address"] == nil {
            report.refuse("guestfwd channel does not define a target address", at: place(device, target))
        }
    }

    private static let port = RuleRow.domain(
        "guestfwd-port", "what is forwarded from a user network has a port", remedy: "write a decimal port=",
        sources: parsing, "A decimal number."
    ) { domain, report in
        for (device, target) in forward(domain) {
            guard target["address"] != nil, let port = target["port"], LibvirtNumber.unsigned(port, base: 10) == nil
            else { continue }
            report.refuse(
                "Invalid value for attribute 'port' in element 'target': '\(port)'. Expected non-negative integer value",
                at: place(device, target))
        }
    }

    private static let family = RuleRow.domain(
        "guestfwd-family", "what is forwarded from a user network has an IPv4 address",
        remedy: "write address='10.0.2.1'",
        sources: parsing, "QEMU forwards no other."
    ) { domain, report in
        for (device, target) in forward(domain) {
            guard let address = target["address"] else { continue }
            if address.contains(":") {
                report.refuse("guestfwd channel only supports IPv4 addresses", at: place(device, target))
            } else if !isNumeric(address) {
                report.refuse(
                    "Cannot parse socket address '\(address)': Name or service not known", at: place(device, target))
            }
        }
    }

    /// One to four numbers, the last as large as the bytes that are left.
    private static func isNumeric(_ address: String) -> Bool {
        let parts = address.split(separator: ".", omittingEmptySubsequences: false).map { UInt64($0) }
        guard (1...4).contains(parts.count), parts.dropLast().allSatisfy({ $0 ?? 256 < 256 }), let last = parts.last
        else { return false }
        return last ?? UInt64.max < UInt64(1) << UInt64(8 * (5 - parts.count))
    }
}

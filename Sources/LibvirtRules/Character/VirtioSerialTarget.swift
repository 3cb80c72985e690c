import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

struct VirtioSerialTarget: DomainCheck {
    let rule = DomainRule(
        "channel-target", "a virtio console has an address of virtio-serial, a channel its name",
        sources: [
            "libvirt 9.0.0 src/qemu/qemu_command.c qemuBuildVirtioSerialPortDevProps",
            "libvirt 9.0.0 src/conf/domain_conf.c virDomainChrDefParseTargetXML",
        ],
        """
        Channels and consoles on virtio sit behind a virtio-serial controller. The agent of SPICE has one name;
        guestfwd is an IPv4 address and a port; there are no Xen channels in QEMU.
        """)

    func check(_ domain: CheckedDomain) -> [Finding] {
        (domain.devices("channel") + domain.devices("console")).compactMap { device in
            guard let target = device.first("target"), let message = complaint(device, target) else { return nil }
            return finding(
                message, at: device.first("address") ?? target, in: domain,
                fix: "remove <address>, or change <target>")
        }
    }

    private func complaint(_ device: XMLElement, _ target: XMLElement) -> String? {
        switch target["type"] {
        case "virtio":
            // Where a channel has another address, libvirt chooses one.
            if device.name == "console", let type = device.first("address")?["type"],
                !["virtio-serial", "ccw"].contains(type)
            {
                return "virtio serial device has invalid address type"
            }
            let name = target["name"] ?? "com.redhat.spice.0"
            return device["type"] == "spicevmc" && name != "com.redhat.spice.0"
                ? "Unsupported spicevmc target name '\(name)'" : nil
        case "xen" where device.name == "channel": return "An error occurred, but the cause is unknown"
        case "guestfwd":
            guard let address = target["address"] else {
                return "guestfwd channel does not define a target address"
            }
            if let port = target["port"], LibvirtNumber.unsigned(port, base: 10) == nil {
                return "Invalid value for attribute 'port' in element 'target': '\(port)'. Expected non-negative "
                    + "integer value"
            }
            if !address.contains(":"), !isNumeric(address) {
                return "Cannot parse socket address '\(address)': Name or service not known"
            }
            return address.contains(":") ? "guestfwd channel only supports IPv4 addresses" : nil
        default: return nil
        }
    }

    /// One to four numbers, the last as large as the bytes that are left.
    private func isNumeric(_ address: String) -> Bool {
        let parts = address.split(separator: ".", omittingEmptySubsequences: false).map { UInt64($0) }
        guard (1...4).contains(parts.count), parts.dropLast().allSatisfy({ $0 ?? 256 < 256 }), let last = parts.last
        else { return false }
        return last ?? UInt64.max < UInt64(1) << UInt64(8 * (5 - parts.count))
    }
}

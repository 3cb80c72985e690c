import BerthDiagnostics
import BerthLibvirtDomain
import BerthStack
import BerthXML

/// The host's side of character devices.
enum CharacterSources: RuleTable {
    static let all = [
        once, partsOnce, mode, path, host, service, channel, type, reconnect, spiceDevice, spice, protocolKind,
    ]

    private static let parsing = ["libvirt 9.0.0 src/conf/domain_conf.c virDomainChrSourceDefParseXML"]
    private static let validate = ["libvirt 9.0.0 src/conf/domain_validate.c virDomainChrSourceDefValidate"]
    private static let qemu = ["libvirt 9.0.0 src/qemu/qemu_validate.c qemuValidateDomainChrSourceDef"]
    private static let command = ["libvirt 9.0.0 src/qemu/qemu_command.c qemuBuildChardevCommand"]

    private static func place(_ source: CharacterSource) -> XMLElement { source.sources.first ?? source.element }

    /// Without the first console, which is another name of the first serial device, whatever its own source says.
    private static func own(_ domain: CheckedDomain) -> [CharacterSource] {
        let other =
            domain.devices("serial").isEmpty
            ? nil
            : domain.devices("console").first { ["serial", "none"].contains($0.first("target")?["type"] ?? "serial") }
        return CharacterSource.all(in: domain).filter { $0.device.name != "console" || $0.device != other }
    }

    private static let once = RuleRow.domain(
        "character-source", "a character device has one source", remedy: "remove one <source>", sources: parsing,
        "A second <source> is for UDP alone, which has a local and a remote end."
    ) { domain, report in
        for source in CharacterSource.all(in: domain) {
            let limit = source.type == "udp" ? 2 : 1
            guard source.sources.count > limit else { continue }
            let count = limit == 1 ? "one source element is" : "two source elements are"
            report.refuse("only \(count) allowed for character device", at: source.sources[limit])
        }
    }

    private static let partsOnce = RuleRow.domain(
        "character-part", "a character device has one log and one protocol", sources: parsing,
        "<log> is a copy on a file, <protocol> raw or telnet."
    ) { domain, report in
        for source in CharacterSource.all(in: domain) {
            for name in ["log", "protocol"] where source.element.elements(name).count > 1 {
                report.surplus(
                    "only one \(name) element is allowed for character device", source.element.elements(name)[1])
            }
        }
    }

    private static let mode = RuleRow.domain(
        "character-mode", "a socket connects or is bound", remedy: "write mode='connect' or 'bind'", sources: parsing,
        "The two ends of UDP have one mode each."
    ) { domain, report in
        for source in own(domain) where ["tcp", "udp", "unix"].contains(source.type) {
            for mode in source.sources.compactMap({ $0["mode"] }) where !["connect", "bind"].contains(mode) {
                report.refuse(
                    "Invalid value for attribute 'mode' in element 'source': '\(mode)'.", at: place(source))
            }
        }
    }

    private static let path = RuleRow.domain(
        "character-path", "a file, device, pipe or socket has a path", remedy: "add path= to <source>",
        sources: validate,
        "Libvirt makes up the socket of a channel of virtio."
    ) { domain, report in
        for source in own(domain) where source.sources.first?["path"] == nil {
            let isNeeded =
                ["file", "dev", "pipe"].contains(source.type) || source.type == "unix" && !source.isGenerated
            if isNeeded { report.refuse("Missing source path attribute for char device", at: place(source)) }
        }
    }

    private static let host = RuleRow.domain(
        "character-host", "a TCP connection has a host", remedy: "add host= to <source>", sources: validate,
        "A name or an address, to connect to or to listen at."
    ) { domain, report in
        for source in own(domain) where source.type == "tcp" && source.sources.first?["host"] == nil {
            report.refuse("Missing source host attribute for char device", at: place(source))
        }
    }

    private static let service = RuleRow.domain(
        "character-service", "a connection has a service to connect to", remedy: "add service= to <source>",
        sources: validate, "A port, or a name of /etc/services. What is bound by UDP may have any."
    ) { domain, report in
        for source in own(domain) {
            let isMissing =
                switch source.type {
                case "tcp": source.sources.first?["host"] != nil && source.sources.first?["service"] == nil
                case "udp":
                    source.sources.prefix(2).last { $0["mode"] ?? "connect" == "connect" }?["service"] == nil
                default: false
                }
            if isMissing { report.refuse("Missing source service attribute for char device", at: place(source)) }
        }
    }

    private static let channel = RuleRow.domain(
        "character-channel", "a port of SPICE or D-Bus has a plain name", remedy: "write channel='org.example.0'",
        sources: validate, "Letters, digits, '_', '-' and '.'."
    ) { domain, report in
        for source in own(domain) where ["spiceport", "dbus"].contains(source.type) {
            if source.type == "dbus", source.device.name == "redirdev" { continue }
            guard let channel = source.sources.first?["channel"] else {
                report.refuse("Missing source channel attribute for char device", at: place(source))
                continue
            }
            let isPlain = channel.utf8.allSatisfy { byte in
                let character = Character(UnicodeScalar(byte))
                return character.isASCII && (character.isLetter || character.isNumber || "_-.".contains(character))
            }
            if !isPlain { report.refuse("Invalid character in source channel for char device", at: place(source)) }
        }
    }

    private static let type = RuleRow.domain(
        "character-type", "the host's side of a character device is one QEMU has", remedy: "write another type=",
        sources: qemu, "nmdm is bhyve's."
    ) { domain, report in
        for source in own(domain) where source.type == "nmdm" {
            report.refuse("unsupported chardev 'nmdm'", at: place(source))
        }
    }

    private static let reconnect = RuleRow.domain(
        "character-reconnect", "who connects connects again, after a time", remedy: "remove <reconnect>",
        sources: validate, "Who listens waits; a timeout of 0 is none."
    ) { domain, report in
        for source in own(domain) where ["tcp", "unix"].contains(source.type) {
            guard let first = source.sources.first, let again = first.first("reconnect"), let isOn = again["enabled"]
            else { continue }
            // A path that libvirt makes is listened to.
            let isMade =
                source.type == "unix" && source.device.name == "channel"
                && first["path"].map(source.isGeneratedPath) ?? true
            let timeout = again["timeout"].flatMap { LibvirtNumber.unsigned($0, base: 10) } ?? 0
            if first["mode"] == "bind" || isMade {
                report.refuse("chardev reconnect is possible only for connect mode", at: place(source))
            } else if isOn == "yes", timeout == 0 {
                report.refuse("chardev reconnect source timeout cannot be '0'", at: place(source))
            }
        }
    }

    private static let spiceDevice = RuleRow.domain(
        "character-spicevmc", "a channel of SPICE is a port of virtio", remedy: "write <target type='virtio'/>",
        sources: qemu, "Beside it there are USB redirection and smartcards."
    ) { domain, report in
        for source in own(domain) where source.type == "spicevmc" && !source.isSpiceDevice {
            report.refuse("spicevmc device type only supports virtio", at: place(source))
        }
    }

    private static let spice = RuleRow.domain(
        "character-spice", "a channel of SPICE has SPICE graphics", remedy: "add <graphics type='spice'/>",
        sources: command, "It is a part of that connection."
    ) { domain, report in
        guard !domain.devices("graphics").contains(where: { $0["type"] == "spice" }) else { return }
        for source in own(domain) {
            guard source.type == "spiceport" || source.type == "spicevmc" && source.isSpiceDevice else { continue }
            report.refuse("chardev '\(source.type)' not supported without spice graphics", at: place(source))
        }
    }

    private static let protocolKind = RuleRow.domain(
        "character-protocol", "a TCP socket speaks raw or telnet", releases: .since(11, 3),
        remedy: "write <protocol type='raw'/>",
        sources: ["libvirt 11.3.0 src/qemu/qemu_validate.c qemuValidateDomainChrSourceDef"],
        "TLS is switched on by <source tls='yes'>; 9.0 takes tls and telnets for raw."
    ) { domain, report in
        for device in domain.devices where device["type"] == "tcp" {
            guard let element = device.first("protocol"), let type = element["type"], ["tls", "telnets"].contains(type)
            else { continue }
            report.refuse("tcp chardev protocol '\(type)' not supported", at: element, "type")
        }
    }
}

extension CharacterSource {
    /// A channel for which libvirt makes up the path.
    fileprivate var isGenerated: Bool {
        device.name == "channel" && ["virtio", "xen"].contains(device.first("target")?["type"] ?? "")
    }

    /// Whether a path is one that libvirt made up, which it forgets and makes up again: `qemuDomainChrMatchDefaultPath` @ 11.3.0.
    fileprivate func isGeneratedPath(_ path: String) -> Bool {
        guard let target = device.first("target"), target["type"] == "virtio", let name = target["name"],
            let folder = Self.folders.first(where: { path.hasPrefix($0 + "/") })
        else { return false }
        var parts = path.dropFirst(folder.count + 1).split(separator: "/", omittingEmptySubsequences: false)
        if parts.first == "target", parts.count > 1 { parts.removeFirst() }
        switch parts.count {
        case 1: return parts[0].count > name.count + 1 && parts[0].hasSuffix("." + name)
        case 2: return parts[1] == name && (parts[0].hasPrefix("domain-") || parts[0].contains(/^[0-9]+-/))
        default: return false
        }
    }

    private static let folders = [
        "/var/lib/libvirt/qemu/channel", "/run/libvirt/qemu/channel", "/etc/libvirt/qemu/channel",
    ]

    fileprivate var isSpiceDevice: Bool {
        switch device.name {
        case "redirdev", "smartcard", "rng": true
        case "channel", "console": device.first("target")?["type"] == "virtio"
        default: false
        }
    }
}

import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

struct CharacterSourceComplete: DomainCheck {
    let rule = DomainRule(
        "character-backend", "the source of a character device has what its type needs",
        sources: [
            "libvirt 9.0.0 src/conf/domain_validate.c virDomainChrSourceDefValidate",
            "libvirt 9.0.0 src/qemu/qemu_validate.c qemuValidateDomainChrSourceDef",
            "libvirt 9.0.0 src/qemu/qemu_command.c qemuBuildChardevCommand",
        ],
        """
        file, dev, pipe and unix have a path, tcp host and service, udp a service to connect to; spiceport and dbus a
        channel. Only who connects connects again, after more than 0 seconds. spicevmc and spiceport need SPICE graphics.
        """)

    func check(_ domain: CheckedDomain) -> [Finding] {
        let hasSpice = domain.devices("graphics").contains { $0["type"] == "spice" }
        // The first console is another name of the first serial device, whatever its own source says.
        let other =
            domain.devices("serial").isEmpty
            ? nil
            : domain.devices("console").first { ["serial", "none"].contains($0.first("target")?["type"] ?? "serial") }
        return CharacterSource.all(in: domain).filter { $0.device.name != "console" || $0.device != other }.flatMap {
            source in
            (modes(source) + parts(source) + reconnect(source) + spice(source, hasSpice)).map {
                finding(
                    $0, at: source.sources.first ?? source.element, in: domain,
                    fix: "write what the type needs in <source>")
            }
        }
    }

    private func modes(_ source: CharacterSource) -> [String] {
        guard ["tcp", "udp", "unix"].contains(source.type) else { return [] }
        return source.sources.compactMap { $0["mode"] }.filter { !["connect", "bind"].contains($0) }.map {
            "Invalid value for attribute 'mode' in element 'source': '\($0)'."
        }
    }

    private func parts(_ source: CharacterSource) -> [String] {
        let first = source.sources.first
        switch source.type {
        case "file", "dev", "pipe":
            return first?["path"] == nil ? ["Missing source path attribute for char device"] : []
        case "unix":
            let target = source.device.first("target")?["type"] ?? ""
            let isGenerated = source.device.name == "channel" && ["virtio", "xen"].contains(target)
            return first?["path"] == nil && !isGenerated ? ["Missing source path attribute for char device"] : []
        case "tcp":
            if first?["host"] == nil { return ["Missing source host attribute for char device"] }
            return first?["service"] == nil ? ["Missing source service attribute for char device"] : []
        case "udp":
            let remote = source.sources.prefix(2).last { $0["mode"] ?? "connect" == "connect" }
            return remote?["service"] == nil ? ["Missing source service attribute for char device"] : []
        case "spiceport", "dbus":
            if source.type == "dbus", source.device.name == "redirdev" { return [] }
            guard let channel = first?["channel"] else {
                return ["Missing source channel attribute for char device"]
            }
            let isPlain = channel.utf8.allSatisfy { byte in
                let character = Character(UnicodeScalar(byte))
                return character.isASCII && (character.isLetter || character.isNumber || "_-.".contains(character))
            }
            return isPlain ? [] : ["Invalid character in source channel for char device"]
        case "nmdm": return ["unsupported chardev 'nmdm'"]
        default: return []
        }
    }

    private func reconnect(_ source: CharacterSource) -> [String] {
        guard ["tcp", "unix"].contains(source.type), let first = source.sources.first,
            let again = first.first("reconnect"), let isOn = again["enabled"]
        else { return [] }
        // A path that libvirt makes is listened to.
        let isGenerated = source.type == "unix" && source.device.name == "channel" && first["path"] == nil
        if first["mode"] == "bind" || isGenerated { return ["chardev reconnect is possible only for connect mode"] }
        let timeout = again["timeout"].flatMap { LibvirtNumber.unsigned($0, base: 10) } ?? 0
        return isOn == "yes" && timeout == 0 ? ["chardev reconnect source timeout cannot be '0'"] : []
    }

    private func spice(_ source: CharacterSource, _ hasSpice: Bool) -> [String] {
        guard ["spicevmc", "spiceport"].contains(source.type) else { return [] }
        if source.type == "spicevmc", source.device.name != "redirdev", source.device.name != "smartcard",
            source.device.name != "rng",
            !["channel", "console"].contains(source.device.name)
                || source.device.first("target")?["type"] != "virtio"
        {
            return ["spicevmc device type only supports virtio"]
        }
        return hasSpice ? [] : ["chardev '\(source.type)' not supported without spice graphics"]
    }
}

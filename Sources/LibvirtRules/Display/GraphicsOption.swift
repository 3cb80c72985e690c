import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

struct GraphicsOption: DomainCheck {
    let rule = DomainRule(
        "graphics-option", "a graphics device is one QEMU has, and listens at one place",
        sources: [
            "libvirt 9.0.0 src/qemu/qemu_validate.c qemuValidateDomainDeviceDefGraphics",
            "libvirt 9.0.0 src/conf/domain_conf.c virDomainGraphicsListenDefParseXML",
            "libvirt 9.0.0 src/qemu/qemu_command.c qemuBuildGraphicsVNCCommandLine, qemuBuildGraphicsSPICECommandLine",
            "libvirt 9.0.0 src/qemu/qemu_process.c qemuProcessStartValidateGraphics",
        ],
        """
        QEMU has vnc, spice, sdl, egl-headless and dbus; one <listen> each. A VNC port is at least 5900, its password at
        most 8 characters. egl-headless goes with vnc and spice only, and not with gl of SPICE.
        """)

    func check(_ domain: CheckedDomain) -> [Finding] {
        let hasHeadless = domain.devices("graphics").contains { $0["type"] == "egl-headless" }
        return domain.devices("graphics").flatMap { device in
            (kind(device, hasHeadless, domain) + listens(device) + vnc(device) + spice(device)).map {
                finding($0, at: device, in: domain, fix: "change what the message names, or remove <graphics>")
            }
        }
    }

    private func kind(_ device: XMLElement, _ hasHeadless: Bool, _ domain: CheckedDomain) -> [String] {
        let type = device["type"] ?? ""
        if ["rdp", "desktop"].contains(type) { return ["\(type) graphics are not supported with this QEMU"] }
        if hasHeadless, !["vnc", "spice", "egl-headless"].contains(type) {
            return ["graphics type 'egl-headless' is only supported with one of: 'vnc', 'spice' graphics types"]
        }
        if hasHeadless, type == "spice", device.first("gl")?["enable"] == "yes" {
            return ["multiple OpenGL displays are not supported by QEMU"]
        }
        if type == "dbus" {
            if device["p2p"] == "yes", device["address"] != nil {
                return ["D-Bus p2p with an address is not supported"]
            }
            if let number = device.first("audio")?["id"],
                domain.devices("audio").contains(where: { $0["id"] == number && $0["type"] != "dbus" })
            {
                return ["The associated audio is not of 'dbus' kind."]
            }
        }
        return []
    }

    private func listens(_ device: XMLElement) -> [String] {
        let type = device["type"] ?? ""
        guard ["vnc", "spice", "rdp"].contains(type) else { return [] }
        let listens = device.elements("listen")
        if listens.count > 1, type != "rdp" {
            return ["QEMU does not support multiple listens for one graphics device."]
        }
        return listens.compactMap { listen in
            let kind = listen["type"] ?? ""
            if kind == "network", listen["network"]?.isEmpty ?? true {
                return "'network' attribute is required for listen type 'network'"
            }
            if kind != "network", !(listen["network"]?.isEmpty ?? true) {
                return "'network' attribute is valid only for listen type 'network'"
            }
            if kind != "socket", !(listen["socket"]?.isEmpty ?? true) {
                return "'socket' attribute is valid only for listen type 'socket'"
            }
            for (outer, inner, wanted) in [("listen", "address", "address"), ("socket", "socket", "socket")]
            where kind == wanted {
                if let one = device[outer], let other = listen[inner], one != other {
                    return
                        "graphics '\(outer)' attribute '\(one)' must match '\(inner)' attribute of first listen "
                        + "element (found '\(other)')"
                }
            }
            return nil
        }
    }

    private func vnc(_ device: XMLElement) -> [String] {
        guard device["type"] == "vnc" else { return [] }
        var found: [String] = []
        if let word = device["passwd"], word.utf8.count > 8 {
            found.append("VNC password is \(word.utf8.count) characters long, only 8 permitted")
        }
        let port = device["port"].flatMap { LibvirtNumber.signed($0, base: 10) }
        let isAuto = device["autoport"].map { $0 == "yes" } ?? (port == nil || port == -1)
        let listen = device.first("listen")?["type"] ?? (device["socket"] == nil ? "address" : "socket")
        if !isAuto, ["address", "network"].contains(listen), !(5900...65535).contains(port ?? 0) {
            found.append("vnc port must be in range [5900,65535]")
        }
        if let connected = device["connected"], connected != "keep" {
            found.append("VNC supports connected='keep' only")
        }
        return found
    }

    /// Without TLS there is plain text only, and with `autoport` alone there are both kinds of ports to be had.
    private func spice(_ device: XMLElement) -> [String] {
        guard device["type"] == "spice" else { return [] }
        func number(_ name: String) -> Int32 { device[name].flatMap { LibvirtNumber.signed($0, base: 10) } ?? 0 }
        var found: [String] = []
        let isAuto = device["autoport"] == "yes" || device["port"] == "-1" && device["tlsPort"] == "-1"
        let modes = device.elements("channel").compactMap { $0["mode"] }
        let defaultMode = device["defaultMode"] ?? "any"
        let isSocket = device.first("listen").map { ["socket", "none"].contains($0["type"] ?? "") } ?? false
        let hasSecure = number("tlsPort") > 0
        let hasPlain = number("port") > 0 || isAuto || isSocket
        if !isAuto, !hasSecure, !isSocket {
            if defaultMode == "secure" {
                found.append(
                    "spice defaultMode secure requested in XML configuration, but TLS connection is not available")
            } else if modes.contains("secure") {
                found.append("spice secure channels set in XML configuration, but TLS connection is not available")
            }
        }
        if !hasPlain, !isAuto {
            if defaultMode == "insecure" {
                found.append(
                    "spice defaultMode insecure requested in XML configuration, but plaintext connection is not "
                        + "available")
            } else if modes.contains("insecure") {
                found.append(
                    "spice insecure channels set in XML configuration, but plaintext connection is not available")
            }
        }
        return found
    }
}

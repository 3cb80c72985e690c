import BerthDiagnostics
import BerthLibvirtDomain
import BerthStack
import BerthXML

/// `<graphics>`: how somebody sees the guest.
enum GraphicsDevices: RuleTable {
    static let all = [
        type, once, headless, openGL, dbusPeer, dbusAudio, oneListen, listen, listenTwice, vncPassword, vncPort,
        vncConnected, rdpOption, rdpBus,
        spiceTLS, spicePlain,
    ]

    private static let validate = ["libvirt 9.0.0 src/qemu/qemu_validate.c qemuValidateDomainDeviceDefGraphics"]
    private static let listening = ["libvirt 9.0.0 src/conf/domain_conf.c virDomainGraphicsListenDefParseXML"]
    private static let vncCommand = ["libvirt 9.0.0 src/qemu/qemu_command.c qemuBuildGraphicsVNCCommandLine"]
    private static let spiceCommand = ["libvirt 9.0.0 src/qemu/qemu_command.c qemuBuildGraphicsSPICECommandLine"]

    private static let type = RuleRow.devices(
        "graphics", "graphics-type", "a graphics device is one QEMU has", remedy: "write type='vnc' or 'spice'",
        sources: validate, "QEMU has vnc, spice, sdl, egl-headless and dbus."
    ) { device, domain, report in
        guard let type = device["type"], ["rdp", "desktop"].contains(type) else { return }
        // Served by qemu-rdp beside QEMU (formatdomain.rst @ 11.3.0), where the host has that program.
        if type == "rdp", domain.isRead(by: .since(11, 1)) { return }
        report.refuse("\(type) graphics are not supported with this QEMU", at: device)
    }

    private static let once = RuleRow.domain(
        "graphics-once", "there is one graphics device of each type", remedy: "remove one <graphics>",
        sources: ["libvirt 9.0.0 src/qemu/qemu_process.c qemuProcessStartValidateGraphics"],
        "QEMU has one display of each kind."
    ) { domain, report in
        var seen: Set<String> = []
        let hasRDP = domain.isRead(by: .since(11, 1))
        let kinds = hasRDP ? "sdl, vnc, spice, headless, dbus, rdp" : "sdl, vnc, spice, headless, dbus"
        for device in domain.devices("graphics") {
            guard let type = device["type"],
                ["sdl", "vnc", "spice", "egl-headless", "dbus"].contains(type) || hasRDP && type == "rdp",
                !seen.insert(type).inserted
            else { continue }
            report.refuse("only 1 graphics device of each type (\(kinds)) is supported", at: device, "type")
        }
    }

    private static let headless = RuleRow.domain(
        "graphics-headless", "egl-headless goes with VNC and SPICE only", remedy: "remove one <graphics>",
        sources: validate, "It renders for a display that has no OpenGL of its own."
    ) { domain, report in
        let devices = domain.devices("graphics")
        guard devices.contains(where: { $0["type"] == "egl-headless" }) else { return }
        for device in devices
        where !["vnc", "spice", "egl-headless", "desktop"].contains(device["type"] ?? "") {
            // Nothing else has to be said of a type that this libvirt does not have.
            if device["type"] == "rdp", domain.isRead(by: .until(11, 1)) { continue }
            report.refuse(
                "graphics type 'egl-headless' is only supported with one of: 'vnc', 'spice' graphics types", at: device)
        }
    }

    private static let openGL = RuleRow.domain(
        "graphics-opengl", "one display has OpenGL", remedy: "write <gl enable='no'/>, or remove egl-headless",
        sources: validate, "egl-headless is the one where it is there."
    ) { domain, report in
        let devices = domain.devices("graphics")
        guard devices.contains(where: { $0["type"] == "egl-headless" }) else { return }
        for device in devices where device["type"] == "spice" && device.first("gl")?["enable"] == "yes" {
            report.refuse("multiple OpenGL displays are not supported by QEMU", at: device)
        }
    }

    private static let dbusPeer = RuleRow.devices(
        "graphics", "graphics-dbus", "D-Bus between two has no address of a bus", sources: validate,
        "p2p='yes' goes over a socket that libvirt opens."
    ) { device, _, report in
        guard device["type"] == "dbus", device["p2p"] == "yes" else { return }
        report.surplus("D-Bus p2p with an address is not supported", device, "address")
    }

    private static let dbusAudio = RuleRow.devices(
        "graphics", "graphics-dbus-audio", "the audio of a D-Bus display goes over D-Bus",
        remedy: "write <audio type='dbus'> for that id", sources: validate, "Both are one connection."
    ) { device, domain, report in
        guard device["type"] == "dbus", !(device["p2p"] == "yes" && device["address"] != nil),
            let number = device.first("audio")?["id"],
            domain.devices("audio").contains(where: { $0["id"] == number && $0["type"] != "dbus" })
        else { return }
        report.refuse("The associated audio is not of 'dbus' kind.", at: device)
    }

    private static let oneListen = RuleRow.devices(
        "graphics", "graphics-listen-once", "a graphics device listens at one place", remedy: "remove one <listen>",
        sources: validate, "QEMU opens one socket for it."
    ) { device, domain, report in
        let (type, count) = (device["type"] ?? "", device.elements("listen").count)
        if ["vnc", "spice"].contains(type), count > 1 {
            report.refuse("QEMU does not support multiple listens for one graphics device.", at: device)
        } else if type == "rdp", count > 1, domain.isRead(by: .since(11, 1)) {
            report.refuse("qemu-rdp does not support multiple listens for one graphics device.", at: device)
        }
    }

    private static let rdpOption = RuleRow.devices(
        "graphics", "rdp-option", "RDP takes one connection, and no password that ends", releases: .since(11, 1),
        sources: ["libvirt 11.3.0 src/qemu/qemu_validate.c qemuValidateDomainDeviceDefRDPGraphics"],
        "multiUser= and replaceUser= are for VirtualBox; qemu-rdp has neither."
    ) { device, _, report in
        guard device["type"] == "rdp" else { return }
        if device["replaceUser"] == "yes" {
            report.surplus("RDP doesn't support 'replaceUser'", device, "replaceUser")
        } else if device["multiUser"] == "yes" {
            report.surplus("RDP doesn't support 'multiUser'", device, "multiUser")
        } else if device["passwd"] != nil, device["passwdValidTo"] != nil {
            report.surplus("RDP password expiration isn't supported", device, "passwdValidTo")
        }
    }

    private static let rdpBus = RuleRow.devices(
        "graphics", "rdp-dbus", "RDP goes over a D-Bus display", releases: .since(11, 1),
        remedy: "add <graphics type='dbus'/>",
        sources: ["libvirt 11.3.0 src/qemu/qemu_process.c qemuProcessStartValidateGraphics"],
        "qemu-rdp is a program of its own, which reaches the screen by D-Bus."
    ) { device, domain, report in
        guard device["type"] == "rdp",
            !domain.devices("graphics").contains(where: { $0["type"] == "dbus" && $0["p2p"] != "yes" })
        else { return }
        report.refuse("qemu-rdp support requires a D-Bus bus graphics device.", at: device)
    }

    /// Of a type that listens, as far as one of them counts.
    private static func listens(_ device: XMLElement) -> [XMLElement] {
        let type = device["type"] ?? ""
        let listens = device.elements("listen")
        return ["vnc", "spice"].contains(type) && listens.count == 1 || type == "rdp" ? listens : []
    }

    private static let listen = RuleRow.devices(
        "graphics", "graphics-listen", "a place to listen at says what its type needs",
        remedy: "write what the type of <listen> needs", sources: listening,
        "type='network' has network=, type='socket' socket=; others have neither."
    ) { device, _, report in
        for listen in listens(device) {
            let kind = listen["type"] ?? ""
            let (hasNetwork, hasSocket) = (
                !(listen["network"]?.isEmpty ?? true), !(listen["socket"]?.isEmpty ?? true)
            )
            if kind == "network", !hasNetwork {
                report.refuse("'network' attribute is required for listen type 'network'", at: device)
            } else if kind != "network", hasNetwork {
                report.refuse("'network' attribute is valid only for listen type 'network'", at: device)
            } else if kind != "socket", hasSocket {
                report.refuse("'socket' attribute is valid only for listen type 'socket'", at: device)
            }
        }
    }

    private static let listenTwice = RuleRow.devices(
        "graphics", "graphics-listen-match", "what is said twice of a place to listen at is the same",
        remedy: "remove the attribute of <graphics>", sources: listening,
        "listen= and socket= of <graphics> are older than <listen>."
    ) { device, _, report in
        for listen in listens(device) {
            for (outer, inner, kind) in [("listen", "address", "address"), ("socket", "socket", "socket")]
            where listen["type"] == kind {
                guard let one = device[outer], let other = listen[inner], one != other else { continue }
                report.refuse(
                    "graphics '\(outer)' attribute '\(one)' must match '\(inner)' attribute of first listen "
                        + "element (found '\(other)')", at: device)
            }
        }
    }

    private static let vncPassword = RuleRow.devices(
        "graphics", "vnc-password", "a VNC password has at most 8 characters", remedy: "write a shorter passwd=",
        sources: vncCommand, "VNC's authentication is DES with them as the key."
    ) { device, _, report in
        guard device["type"] == "vnc", let word = device["passwd"], word.utf8.count > 8 else { return }
        report.refuse("VNC password is \(word.utf8.count) characters long, only 8 permitted", at: device)
    }

    private static let vncPort = RuleRow.devices(
        "graphics", "vnc-port", "a VNC port is at least 5900", remedy: "write port='5900', or autoport='yes'",
        sources: vncCommand, "QEMU counts displays from there."
    ) { device, _, report in
        guard device["type"] == "vnc" else { return }
        let port = device["port"].flatMap { LibvirtNumber.signed($0, base: 10) }
        let isAuto = device["autoport"].map { $0 == "yes" } ?? (port == nil || port == -1)
        let listen = device.first("listen")?["type"] ?? (device["socket"] == nil ? "address" : "socket")
        guard !isAuto, ["address", "network"].contains(listen), !(5900...65535).contains(port ?? 0) else { return }
        report.refuse("vnc port must be in range [5900,65535]", at: device)
    }

    private static let vncConnected = RuleRow.devices(
        "graphics", "vnc-connected", "who is connected to VNC stays", remedy: "remove connected=", sources: validate,
        "QEMU's VNC cannot disconnect one when another password is set."
    ) { device, _, report in
        guard device["type"] == "vnc", let connected = device["connected"], connected != "keep" else { return }
        report.refuse("VNC supports connected='keep' only", at: device)
    }

    /// Whether libvirt chooses ports of both kinds.
    private static func isAutomatic(_ device: XMLElement) -> Bool {
        device["autoport"] == "yes" || device["port"] == "-1" && device["tlsPort"] == "-1"
    }

    private static func number(_ device: XMLElement, _ name: String) -> Int32 {
        device[name].flatMap { LibvirtNumber.signed($0, base: 10) } ?? 0
    }

    private static func isOnSocket(_ device: XMLElement) -> Bool {
        device.first("listen").map { ["socket", "none"].contains($0["type"] ?? "") } ?? false
    }

    private static func modes(_ device: XMLElement) -> [String] {
        device.elements("channel").compactMap { $0["mode"] }
    }

    private static let spiceTLS = RuleRow.devices(
        "graphics", "spice-secure", "channels that have to be encrypted have a TLS port", remedy: "add tlsPort=",
        sources: spiceCommand, "defaultMode='secure' and mode='secure' of a channel need one."
    ) { device, _, report in
        guard device["type"] == "spice", !isAutomatic(device), number(device, "tlsPort") <= 0, !isOnSocket(device)
        else { return }
        if device["defaultMode"] == "secure" {
            report.refuse(
                "spice defaultMode secure requested in XML configuration, but TLS connection is not available",
                at: device)
        } else if modes(device).contains("secure") {
            report.refuse(
                "spice secure channels set in XML configuration, but TLS connection is not available", at: device)
        }
    }

    private static let spicePlain = RuleRow.devices(
        "graphics", "spice-insecure", "channels that must not be encrypted have a plain port", remedy: "add port=",
        sources: spiceCommand, "defaultMode='insecure' and mode='insecure' of a channel need one."
    ) { device, _, report in
        guard device["type"] == "spice", !isAutomatic(device), number(device, "port") <= 0, !isOnSocket(device)
        else { return }
        if device["defaultMode"] == "insecure" {
            report.refuse(
                "spice defaultMode insecure requested in XML configuration, but plaintext connection is not available",
                at: device)
        } else if modes(device).contains("insecure") {
            report.refuse(
                "spice insecure channels set in XML configuration, but plaintext connection is not available",
                at: device)
        }
    }
}

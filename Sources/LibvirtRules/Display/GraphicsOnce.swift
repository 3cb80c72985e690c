import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

struct GraphicsOnce: DomainCheck {
    let rule = DomainRule(
        "graphics-once", "there is one graphics device of each type",
        sources: ["libvirt 9.0.0 src/qemu/qemu_process.c qemuProcessGraphics; src/qemu/qemu_validate.c"],
        """
        QEMU has one display of each kind.
        """)

    func check(_ domain: CheckedDomain) -> [Finding] {
        var seen: Set<String> = []
        return domain.devices("graphics").compactMap { device in
            guard let type = device["type"], ["sdl", "vnc", "spice", "egl-headless", "dbus"].contains(type),
                !seen.insert(type).inserted
            else { return nil }
            return finding(
                "only 1 graphics device of each type (sdl, vnc, spice, headless, dbus) is supported", at: device,
                "type",
                in: domain, fix: "remove one <graphics>")
        }
    }
}

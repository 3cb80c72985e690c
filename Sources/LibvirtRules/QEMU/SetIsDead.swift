import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

struct SetIsDead: DomainCheck {
    let rule = DomainRule(
        "set-device", "-set does not reach devices of libvirt",
        sources: ["QEMU 7.2 softmmu/vl.c qemu_set_option"],
        """
        -set device.ID.x=y looks for option-style devices; libvirt writes JSON since 6.9 or so and QEMU then says: there
        is no device "hostdev0" defined. <qemu:override> does what was meant.
        """)

    func check(_ domain: CheckedDomain) -> [Finding] {
        guard !domain.removesJSON else { return [] }
        return domain.commandLineOptions.compactMap { option in
            guard option.name == "set", option.text.hasPrefix("device.") else { return nil }
            let parts = option.text.split(separator: ".", maxSplits: 2).map(String.init)
            let id = parts.count > 1 ? parts[1] : "?"
            return finding(
                .warning, "QEMU finds no device '\(id)' here: libvirt's devices are not in option style",
                at: option.element,
                "value", in: domain,
                fix:
                    "write <qemu:override><qemu:device alias='\(id)'><qemu:frontend><qemu:property name= type= value=/>"
            )
        }
    }
}

import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

struct IGDKeepsItsROM: DomainCheck {
    let rule = DomainRule(
        "igd-rom-off", "the ROM BAR of an IGD is on",
        sources: ["QEMU docs/igd-assign.txt", "QEMU hw/vfio/igd.c: IGD device has no ROM, legacy mode disabled"],
        """
        QEMU enters legacy mode only for a device with a ROM, and firmware runs the ROM only from its BAR. <rom
        bar='off'/> or enabled='no' takes both away.
        """)

    func check(_ domain: CheckedDomain) -> [Finding] {
        domain.igdElements.compactMap { element in
            guard let rom = element.first("rom"),
                let name = ["bar": "off", "enabled": "no"].sorted(by: { $0.key < $1.key })
                    .first(where: { rom[$0.key] == $0.value })?.key
            else { return nil }
            return finding(
                .warning, "\(name)='\(rom[name] ?? "")' takes the ROM of the IGD away, and with it legacy mode",
                at: rom, name,
                in: domain, fix: "remove \(name)=")
        }
    }
}

import BerthDiagnostics
import BerthLibvirtDomain
import BerthStack
import BerthTopology
import BerthXML

struct IGDNeedsFirmwareHelp: DomainCheck {
    let rule = DomainRule(
        "igd-no-opregion", "an IGD has a ROM or the OpRegion",
        sources: [
            "QEMU docs/igd-assign.txt", "QEMU hw/vfio/pci.c x-igd-opregion; commit 16cbb43302a2 for the default",
        ],
        """
        The option ROM initialises the display before a driver runs; the OpRegion tells the driver which outputs there
        are. With neither a monitor may stay dark. QEMU's legacy mode, which an IGD at 00:02.0 of a pc has by itself, brings
        both; since 10.1 x-igd-opregion is on unless switched off; and fw_cfg etc/igd-opregion may be given by hand.
        """)

    func check(_ domain: CheckedDomain) -> [Finding] {
        domain.igdElements.compactMap { element in
            let properties = domain.properties(of: element)
            let hasOpRegion =
                properties["x-igd-opregion"].map { $0 == "true" || $0 == "on" }
                ?? (domain.qemu.givesOpRegionUnasked || domain.globals["vfio-pci.x-igd-opregion"] == "on")
                || domain.handGivenFiles.contains(FirmwareFile.opRegion) || domain.hasLegacyMode(element)
            let rom = element.first("rom")
            let hasROM = rom?["file"]?.isEmpty == false || properties["romfile"]?.isEmpty == false
            guard !hasOpRegion, !hasROM else { return nil }
            return finding(
                .warning, "the IGD has neither a ROM file nor the OpRegion; a monitor may stay dark", at: element,
                in: domain,
                fix: "add <rom file=/>, and x-igd-opregion (type bool, value true) for it in <qemu:override>")
        }
    }
}

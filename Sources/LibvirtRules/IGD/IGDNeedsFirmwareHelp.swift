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
        are. With neither, nothing will be shown. Since QEMU 10.1 x-igd-opregion is on unless switched off.
        """)

    func check(_ domain: CheckedDomain) -> [Finding] {
        domain.igdElements.compactMap { element in
            let properties = domain.overrides(of: element)
            let hasOpRegion =
                properties["x-igd-opregion"].map { $0 == "true" || $0 == "on" }
                ?? (domain.qemu.givesOpRegionUnasked || domain.globals["vfio-pci.x-igd-opregion"] == "on")
            let rom = element.first("rom")
            let hasROM = rom?["file"]?.isEmpty == false || properties["romfile"]?.isEmpty == false
            guard !hasOpRegion, !hasROM else { return nil }
            return finding(
                .warning, "the IGD has neither a ROM file nor the OpRegion; no output will be found", at: element,
                in: domain,
                fix: "add <rom file=/>, and x-igd-opregion (type bool, value true) for it in <qemu:override>")
        }
    }
}

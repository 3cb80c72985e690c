import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

struct BusNumberIsUnique: DomainCheck {
    let rule = DomainRule(
        "busnr-duplicate", "expander buses have different bus numbers",
        sources: ["QEMU 7.2 hw/pci-bridge/pci_expander_bridge.c pxb_register_bus"],
        """
        The bus number of an expander bus is fixed by busNr. A second one of the same number ends in: Bus 180 is already
        in use. Libvirt does not check.
        """)

    func check(_ domain: CheckedDomain) -> [Finding] {
        var seen: Set<Int> = []
        return domain.known.pciControllers.compactMap { controller in
            guard let number = controller.target.busNr, !seen.insert(number).inserted, let element = controller.element
            else {
                return nil
            }
            return finding(
                .warning,
                "busNr \(number) is taken by another expander bus; QEMU refuses: Bus \(number) is already in use",
                at: element.first("target") ?? element, "busNr", in: domain,
                fix: "remove busNr=, libvirt then chooses one")
        }
    }
}

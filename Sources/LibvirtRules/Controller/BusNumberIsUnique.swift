import BerthLibvirtDomain
import BerthDiagnostics
import BerthXML

/// Expander buses have different bus numbers.
struct BusNumberIsUnique: DomainRule {
    let id: RuleID = "busnr-duplicate"
    let summary = "expander buses have different bus numbers"
    let documentation = """
        The bus number of an expander bus is fixed by busNr. A second one of the same number ends in: Bus 180 is already
        in use. Libvirt does not check.
        """
    let sources = ["QEMU 7.2 hw/pci-bridge/pci_expander_bridge.c pxb_register_bus"]

    func check(_ domain: CheckedDomain) -> [Finding] {
        var seen: Set<Int> = []
        return domain.assignedOrWritten.compactMap { controller in
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

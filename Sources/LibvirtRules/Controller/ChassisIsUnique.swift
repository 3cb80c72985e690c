import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

struct ChassisIsUnique: DomainCheck {
    let rule = DomainRule(
        "chassis-duplicate", "root ports and downstream ports have different chassis numbers",
        sources: ["QEMU 7.2 hw/pci/pcie_port.c pcie_chassis_add_slot"],
        """
        QEMU keeps one table of (chassis, slot) over all ports, and libvirt never sets the slot. Two ports of one
        chassis end in: Can't add chassis slot, error -16. Libvirt does not check.
        """)

    func check(_ domain: CheckedDomain) -> [Finding] {
        var seen: Set<Int> = []
        return domain.known.pciControllers.compactMap { controller in
            guard ["pcie-root-port", "pcie-switch-downstream-port"].contains(controller.model),
                let chassis = controller.target.chassis ?? controller.index, !seen.insert(chassis).inserted,
                let element = controller.element
            else { return nil }
            let target = element.first("target")
            return finding(
                .warning,
                "chassis \(chassis) is taken by another port; QEMU refuses: Can't add chassis slot, error -16",
                at: target ?? element, target?["chassis"] == nil ? nil : "chassis", in: domain,
                fix: "remove chassis=, libvirt then takes the index")
        }
    }
}

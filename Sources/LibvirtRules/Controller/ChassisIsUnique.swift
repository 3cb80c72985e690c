import BerthLibvirtDomain
import BerthDiagnostics
import BerthXML

/// Root ports and downstream ports have different chassis numbers.
struct ChassisIsUnique: DomainRule {
    let id: RuleID = "chassis-duplicate"
    let summary = "root ports and downstream ports have different chassis numbers"
    let documentation = """
        QEMU keeps one table of (chassis, slot) over all ports, and libvirt never sets the slot. Two ports of one
        chassis end in: Can't add chassis slot, error -16. Libvirt does not check.
        """
    let sources = ["QEMU 7.2 hw/pci/pcie_port.c pcie_chassis_add_slot"]

    func check(_ domain: CheckedDomain) -> [Finding] {
        var seen: Set<Int> = []
        return domain.assignedOrWritten.compactMap { controller in
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

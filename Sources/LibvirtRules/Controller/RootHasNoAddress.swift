import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

struct RootHasNoAddress: DomainCheck {
    let rule = DomainRule(
        "root-address", "pci-root and pcie-root have no address",
        sources: ["libvirt 9.0.0 src/conf/domain_validate.c virDomainControllerDefValidate"],
        """
        The root controller is part of the machine; there is no bus it could be plugged into. Remove its address.
        """)

    func check(_ domain: CheckedDomain) -> [Finding] {
        domain.pciControllers.compactMap { controller in
            guard CheckedDomain.roots.contains(controller["model"] ?? ""), let address = controller.first("address")
            else {
                return nil
            }
            return finding(
                "pci-root and pcie-root controllers should not have an address", at: address, in: domain,
                fix: "remove <address>")
        }
    }
}

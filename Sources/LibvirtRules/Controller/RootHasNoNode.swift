import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

struct RootHasNoNode: DomainCheck {
    let rule = DomainRule(
        "root-node", "the root controller has no NUMA node",
        sources: ["libvirt 9.0.0 src/conf/domain_validate.c virDomainControllerDefValidate"],
        """
        A NUMA node belongs to an expander bus. The root bus belongs to the whole machine.
        """)

    func check(_ domain: CheckedDomain) -> [Finding] {
        domain.pciControllers.compactMap { controller in
            guard domain.index(of: controller) == "0", let node = controller.first("target")?.first("node") else {
                return nil
            }
            return finding(
                "The PCI controller with index=0 can't be associated with a NUMA node", at: node, in: domain,
                fix: "remove <node>")
        }
    }
}

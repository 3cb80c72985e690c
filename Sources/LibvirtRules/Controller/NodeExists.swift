import BerthDiagnostics

/// The NUMA node of an expander bus exists.
struct NodeExists: ReportedRule {
    let id: RuleID = "numa-node"
    let summary = "the NUMA node of an expander bus exists"
    let documentation = """
        <node> is a cell of <cpu><numa>.
        """
    let sources = ["libvirt 9.0.0 src/qemu/qemu_domain.c qemuDomainControllerDefPostParse"]
    let remedy: String? = "add the <cell>, or remove <node>"
}

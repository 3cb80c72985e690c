import BerthDiagnostics

/// An expander bus fits the machine.
struct ExpanderFitsMachine: ReportedRule {
    let id: RuleID = "expander-machine"
    let summary = "an expander bus fits the machine"
    let documentation = """
        pci-expander-bus is for i440fx, pcie-expander-bus for q35.
        """
    let sources = ["libvirt 9.0.0 src/qemu/qemu_domain.c qemuDomainControllerDefPostParse"]
    let remedy: String? = "use the other kind of expander bus"
}

import BerthDiagnostics

/// The root controller fits the machine.
struct RootModelFitsMachine: ReportedRule {
    let id: RuleID = "root-model"
    let summary = "the root controller fits the machine"
    let documentation = """
        Index 0 is pci-root on i440fx and pcie-root on q35.
        """
    let sources = ["libvirt 9.0.0 src/qemu/qemu_domain.c qemuDomainDefAddDefaultDevices"]
    let remedy: String? = nil
}

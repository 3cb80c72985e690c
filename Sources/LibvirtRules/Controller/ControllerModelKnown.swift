import BerthDiagnostics

/// A controller has a model.
struct ControllerModelKnown: ReportedRule {
    let id: RuleID = "controller-model"
    let summary = "a controller has a model"
    let documentation = """
        A PCI controller is nothing without model=.
        """
    let sources = [
        "libvirt 9.0.0 src/conf/domain_conf.c virDomainControllerDefParseXML",
        "libvirt 9.0.0 src/conf/domain_addr.c virDomainPCIAddressBusSetModel",
    ]
    let remedy: String? = "write model='pcie-root-port' on q35, 'pci-bridge' on i440fx"
}

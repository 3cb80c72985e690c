import BerthDiagnostics

/// A PCI controller has an index up to 255.
struct ControllerIndexRange: ReportedRule {
    let id: RuleID = "controller-index"
    let summary = "a PCI controller has an index up to 255"
    let documentation = """
        A bus number has 8 bits.
        """
    let sources = ["libvirt 9.0.0 src/conf/domain_validate.c virDomainControllerDefValidate"]
    let remedy: String? = "write a lower index"
}

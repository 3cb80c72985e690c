import BerthDiagnostics

/// An override does not change 'id'.
struct OverrideKeepsID: ReportedRule {
    let id: RuleID = "override-id"
    let summary = "an override does not change 'id'"
    let documentation = """
        The id is how everything else finds the device.
        """
    let sources = ["libvirt 9.0.0 src/qemu/qemu_domain.c qemuDomainDefNamespaceParseOverrideProperties"]
    let remedy: String? = "give the device an <alias>"
}

import BerthDiagnostics

/// The value of an override has its type.
struct OverrideValueFits: ReportedRule {
    let id: RuleID = "override-value"
    let summary = "the value of an override has its type"
    let documentation = """
        bool is true or false; signed and unsigned are decimal; remove has no value; string is anything, but QEMU
        refuses it where it wants another type.
        """
    let sources = ["libvirt 9.0.0 src/qemu/qemu_domain.c qemuDomainDefNamespaceParseOverrideProperties"]
    let remedy: String? = nil
}

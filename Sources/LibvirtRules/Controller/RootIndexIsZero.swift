import BerthDiagnostics

/// Root controllers have index 0.
struct RootIndexIsZero: ReportedRule {
    let id: RuleID = "root-index"
    let summary = "root controllers have index 0"
    let documentation = """
        There is one root, and bus 0 is it.
        """
    let sources = ["libvirt 9.0.0 src/qemu/qemu_domain.c qemuDomainControllerDefPostParse"]
    let remedy: String? = "write index='0', or another model"
}

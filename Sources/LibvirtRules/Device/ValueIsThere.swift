import BerthLibvirtDomain
import BerthDiagnostics

/// What libvirt needs is written.
struct ValueIsThere: ReportedRule {
    let id: RuleID = "missing-value"
    let summary = "what libvirt needs is written"
    let documentation = """
        An attribute or text is missing that libvirt has no default for.
        """
    let sources = ["libvirt 9.0.0 src/conf/domain_conf.c the DefParseXML functions"]
    let remedy: String? = nil
}

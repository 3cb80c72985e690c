import BerthDiagnostics

/// The document is a domain.
struct RootElement: ReportedRule {
    let id: RuleID = "xml-root"
    let summary = "the document is a domain"
    let documentation = """
        The root element is <domain>; networks, pools and snapshots are other documents.
        """
    let sources = ["libvirt 9.0.0 src/conf/domain_conf.c virDomainDefParseNode"]
    let remedy: String? = "validate the file with the tool for its kind"
}

import BerthDiagnostics

/// An element that may be given once is not repeated.
struct ElementIsOnce: ReportedRule {
    let id: RuleID = "repeated-element"
    let summary = "an element that may be given once is not repeated"
    let documentation = """
        A controller has at most one <model> and one <target>.
        """
    let sources = ["libvirt 9.0.0 src/conf/domain_conf.c virDomainControllerDefParseXML"]
    let remedy: String? = "remove one of them"
}

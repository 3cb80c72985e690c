import BerthDiagnostics

/// An element that libvirt needs is there.
struct ElementIsThere: ReportedRule {
    let id: RuleID = "missing-element"
    let summary = "an element that libvirt needs is there"
    let documentation = """
        A device is described by a child element that is missing, such as <source> of a hostdev.
        """
    let sources = ["libvirt 9.0.0 src/conf/domain_conf.c virDomainHostdevDefParseXMLSubsys"]
    let remedy: String? = "add the element"
}

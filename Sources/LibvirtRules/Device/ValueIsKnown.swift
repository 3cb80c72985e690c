import BerthDiagnostics

/// A value is one of those libvirt knows.
struct ValueIsKnown: ReportedRule {
    let id: RuleID = "libvirt-value"
    let summary = "a value is one of those libvirt knows"
    let documentation = """
        The attribute takes one word of a fixed list. The schema has the same lists.
        """
    let sources = ["libvirt 9.0.0 src/util/virxml.c virXMLPropEnum"]
    let remedy: String? = nil
}

import BerthDiagnostics

/// Numbers are what C reads.
struct NumberIsReadable: ReportedRule {
    let id: RuleID = "libvirt-number"
    let summary = "numbers are what C reads"
    let documentation = """
        Addresses are read with base 0: decimal, 0x for hexadecimal, a leading 0 for octal; nothing may follow, so '1e'
        is none although the schema takes it. Indexes are decimal. Most numbers may not be negative, some not zero.
        """
    let sources = ["libvirt 9.0.0 src/util/virxml.c virXMLPropUInt, virXMLPropInt"]
    let remedy: String? = "write a decimal number, or 0x before a hexadecimal one"
}

import BerthDiagnostics

/// PCI domain is 0.
struct PCIDomainIsZero: ReportedRule {
    let id: RuleID = "pci-domain"
    let summary = "PCI domain is 0"
    let documentation = """
        Guests of x86 have one PCI domain. Only the address on the host may name another.
        """
    let sources = ["libvirt 9.0.0 src/conf/domain_addr.c virDomainPCIAddressValidate"]
    let remedy: String? = "write domain='0x0000'"
}

import BerthDiagnostics

/// A slot exists on its bus.
struct SlotIsOnBus: ReportedRule {
    let id: RuleID = "pci-slot-range"
    let summary = "a slot exists on its bus"
    let documentation = """
        Root ports and downstream ports have slot 0 only; roots, pci-bridge and pcie-to-pci-bridge have 1 to 31.
        """
    let sources = ["libvirt 9.0.0 src/conf/domain_addr.c virDomainPCIAddressValidate"]
    let remedy: String? = nil
}

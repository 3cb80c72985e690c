import BerthDiagnostics

/// The index of a pci-bridge is above its bus.
struct BridgeIndexAboveBus: ReportedRule {
    let id: RuleID = "bridge-index"
    let summary = "the index of a pci-bridge is above its bus"
    let documentation = """
        Libvirt creates controllers in the order of their indexes, so the bus a bridge sits on has to come first.
        """
    let sources = ["libvirt 9.0.0 src/qemu/qemu_domain_address.c qemuDomainAssignPCIAddresses"]
    let remedy: String? = "give the bridge a higher index, or an address on a lower bus"
}

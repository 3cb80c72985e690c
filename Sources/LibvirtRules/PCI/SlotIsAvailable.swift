import BerthDiagnostics

/// There is a slot for every device.
struct SlotIsAvailable: ReportedRule {
    let id: RuleID = "pci-no-slot"
    let summary = "there is a slot for every device"
    let documentation = """
        Libvirt adds buses for endpoints, but never the parent that a controller lacks: an upstream port for a
        downstream port, a free root port for a pcie-to-pci-bridge. Some buses are added by number, and only root ports
        and pci-bridges.
        """
    let sources = ["libvirt 9.0.0 src/conf/domain_addr.c virDomainPCIAddressSetGrow"]
    let remedy: String? = "add the controller it plugs into and give its address"
}

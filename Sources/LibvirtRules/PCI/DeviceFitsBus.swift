import BerthDiagnostics

/// A device is plugged into a bus that takes its kind.
struct DeviceFitsBus: ReportedRule {
    let id: RuleID = "pci-connection"
    let summary = "a device is plugged into a bus that takes its kind"
    let documentation = """
        Root ports go on pcie-root and expander buses; upstream ports on root or downstream ports; downstream ports on
        upstream ports; pcie-to-pci-bridge on ports; dmi-to-pci-bridge on pcie-root and pcie-expander-bus; pcie-
        expander-bus on pcie-root, pci-expander-bus on pci-root. Endpoints go on neither an upstream port nor a pcie-
        expander-bus. virtio-iommu is on bus 0.
        """
    let sources = ["libvirt 9.0.0 src/conf/domain_addr.c virDomainPCIAddressFlagsCompatible"]
    let remedy: String? = "remove <address>, libvirt then chooses a bus that fits"
}

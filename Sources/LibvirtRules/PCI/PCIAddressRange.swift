import BerthDiagnostics

/// A PCI address fits into its bits.
struct PCIAddressRange: ReportedRule {
    let id: RuleID = "pci-address-range"
    let summary = "a PCI address fits into its bits"
    let documentation = """
        A bus has 8 bits, a slot 5, a function 3: bus <= 0xff, slot <= 0x1f, function <= 7.
        """
    let sources = ["libvirt 9.0.0 src/util/virpci.c virPCIDeviceAddressIsValid"]
    let remedy: String? = nil
}

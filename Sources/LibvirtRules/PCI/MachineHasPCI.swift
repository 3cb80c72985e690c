import BerthDiagnostics

/// The machine has PCI for PCI devices.
struct MachineHasPCI: ReportedRule {
    let id: RuleID = "pci-no-bus"
    let summary = "the machine has PCI for PCI devices"
    let documentation = """
        isapc and microvm have no PCI bus for libvirt, so no device of theirs has a PCI address.
        """
    let sources = ["libvirt 9.0.0 src/conf/domain_addr.c virDomainPCIAddressValidate"]
    let remedy: String? = "write machine='q35' or 'pc'"
}

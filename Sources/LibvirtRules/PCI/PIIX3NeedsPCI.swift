import BerthDiagnostics

/// PIIX3 functions are on a PCI bus.
struct PIIX3NeedsPCI: ReportedRule {
    let id: RuleID = "piix3-bus"
    let summary = "PIIX3 functions are on a PCI bus"
    let documentation = """
        q35 has no PIIX3.
        """
    let sources = ["libvirt 9.0.0 src/qemu/qemu_domain_address.c qemuDomainCollectPCIAddress"]
    let remedy: String? = "use another model"
}

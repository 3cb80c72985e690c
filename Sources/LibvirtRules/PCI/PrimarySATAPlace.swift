import BerthDiagnostics

/// The primary SATA controller of q35 is at 00:1f.2.
struct PrimarySATAPlace: ReportedRule {
    let id: RuleID = "primary-sata-address"
    let summary = "the primary SATA controller of q35 is at 00:1f.2"
    let documentation = """
        It is a function of ICH9.
        """
    let sources = ["libvirt 9.0.0 src/qemu/qemu_domain_address.c qemuDomainValidateDevicePCISlotsQ35"]
    let remedy: String? = "write slot='0x1f' function='0x2'"
}

import BerthDiagnostics

/// The primary IDE controller of i440fx is at 00:01.1.
struct PrimaryIDEPlace: ReportedRule {
    let id: RuleID = "primary-ide-address"
    let summary = "the primary IDE controller of i440fx is at 00:01.1"
    let documentation = """
        It is a function of PIIX3.
        """
    let sources = ["libvirt 9.0.0 src/qemu/qemu_domain_address.c qemuDomainValidateDevicePCISlotsPIIX3"]
    let remedy: String? = "write slot='0x01' function='0x1'"
}

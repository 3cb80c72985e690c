import BerthDiagnostics

/// The PIIX3 USB controller of index 0 is at 00:01.2.
struct PIIX3USBPlace: ReportedRule {
    let id: RuleID = "piix3-usb-address"
    let summary = "the PIIX3 USB controller of index 0 is at 00:01.2"
    let documentation = """
        It is a function of PIIX3.
        """
    let sources = ["libvirt 9.0.0 src/qemu/qemu_domain_address.c qemuDomainValidateDevicePCISlotsPIIX3"]
    let remedy: String? = "write slot='0x01' function='0x2'"
}

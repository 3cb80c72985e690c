import BerthDiagnostics

/// Claims that the reader, the addresses or the arguments hold a document against: functions that are part of the machine.
extension DomainRule {
    package static let piix3Bus = DomainRule(
        "piix3-bus", "PIIX3 functions are on a PCI bus", remedy: "use another model",
        sources: ["libvirt 9.0.0 src/qemu/qemu_domain_address.c qemuDomainCollectPCIAddress"],
        """
        q35 has no PIIX3.
        """)

    package static let piix3UsbAddress = DomainRule(
        "piix3-usb-address", "the PIIX3 USB controller of index 0 is at 00:01.2",
        remedy: "write slot='0x01' function='0x2'",
        sources: ["libvirt 9.0.0 src/qemu/qemu_domain_address.c qemuDomainValidateDevicePCISlotsPIIX3"],
        """
        It is a function of PIIX3.
        """)

    package static let primaryIdeAddress = DomainRule(
        "primary-ide-address", "the primary IDE controller of i440fx is at 00:01.1",
        remedy: "write slot='0x01' function='0x1'",
        sources: ["libvirt 9.0.0 src/qemu/qemu_domain_address.c qemuDomainValidateDevicePCISlotsPIIX3"],
        """
        It is a function of PIIX3.
        """)

    package static let primarySataAddress = DomainRule(
        "primary-sata-address", "the primary SATA controller of q35 is at 00:1f.2",
        remedy: "write slot='0x1f' function='0x2'",
        sources: ["libvirt 9.0.0 src/qemu/qemu_domain_address.c qemuDomainValidateDevicePCISlotsQ35"],
        """
        It is a function of ICH9.
        """)
}

import BerthLibvirtDomain
import BerthDiagnostics

/// An address has a type libvirt knows.
struct AddressHasType: ReportedRule {
    let id: RuleID = "address-type"
    let summary = "an address has a type libvirt knows"
    let documentation = """
        <address> begins with type=: pci, drive, usb, virtio-serial, ccid, isa, unassigned and a few more.
        """
    let sources = ["libvirt 9.0.0 src/conf/domain_conf.c virDomainDeviceAddressParseXML"]
    let remedy: String? = "write type='pci'"
}

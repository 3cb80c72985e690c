import BerthLibvirtDomain
import BerthDiagnostics
import BerthXML

/// One device is at one PCI function.
struct AddressIsFreeInDomain: DomainRule {
    let id: RuleID = "pci-double-use"
    let summary = "one device is at one PCI function"
    let documentation = """
        Two devices of the document, or one of them and a function of the chipset, have the same address. Taken on i440fx: 00:01.0
        and .3, .1 with an IDE controller, .2 with the default USB controller; on q35: 00:1f.0, .2 and .3.
        """
    let sources = [
        "libvirt 9.0.0 src/conf/domain_addr.c virDomainPCIAddressReserveAddrInternal",
        "libvirt 9.0.0 src/qemu/qemu_domain_address.c qemuDomainValidateDevicePCISlotsQ35, ...PIIX3",
    ]

    func check(_ domain: CheckedDomain) -> [Finding] {
        domain.reported(id).map { finding in
            var finding = finding
            let owner = domain.boardFunctions.first { finding.message.hasSuffix(" \($0.key)") }.map {
                "; \($0.value) is there"
            }
            finding.fix = "write slot='\(domain.freeSlot)'\(owner ?? "")"
            return finding
        }
    }
}

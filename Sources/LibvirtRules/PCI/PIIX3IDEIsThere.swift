import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

struct PIIX3IDEIsThere: DomainCheck {
    let rule = DomainRule(
        "piix3-ide", "00:01.1 of i440fx is the IDE controller",
        sources: ["QEMU 7.2 hw/i386/pc_piix.c pc_init1"],
        """
        PIIX3 has its IDE function whether or not the document mentions an IDE controller. Libvirt knows only the ones
        it sees; QEMU refuses: PCI: slot 1 function 1 not available, in use by piix3-ide.
        """)

    func check(_ domain: CheckedDomain) -> [Finding] {
        guard domain.chipset == .i440fx, let assigned = domain.assigned else { return [] }
        return assigned.devices.compactMap { device in
            guard let address = device.address.pci, address.bus == 0, address.slot == 1, address.function == 1,
                !(device.kind == .controller && device.type == "ide"), let element = device.element
            else { return nil }
            return finding(
                .warning, "00:01.1 is in use by piix3-ide, which every i440fx machine has; QEMU refuses",
                at: element.first("address") ?? element,
                in: domain, fix: "choose another slot")
        }
    }
}

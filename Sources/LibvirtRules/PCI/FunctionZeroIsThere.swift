import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

struct FunctionZeroIsThere: DomainCheck {
    let rule = DomainRule(
        "function-zero", "a slot with functions has function 0",
        sources: ["PCI Local Bus Specification 3.0, section 3.2.2.3.4", "Linux drivers/pci/probe.c pci_scan_slot"],
        """
        Guests probe function 0 first and skip the slot if nothing answers. Libvirt and QEMU accept such a guest; the
        device is never found. The same holds for the one slot of a root port.
        """)

    func check(_ domain: CheckedDomain) -> [Finding] {
        let addresses = domain.assignedDevices.compactMap(\.address.pci)
        guard addresses.contains(where: { $0.function > 0 }) else { return [] }
        var present = Set(addresses.filter { $0.function == 0 }.map(\.slotPlace))
        present.formUnion(domain.boardFunctions.keys.filter { $0.function == 0 }.map(\.slotPlace))
        return domain.assignedDevices.compactMap { device in
            guard let address = device.address.pci, address.function > 0, !present.contains(address.slotPlace),
                let element = device.element?.first("address")
            else { return nil }
            return finding(
                .warning,
                "nothing is at function 0 of this slot, so that guests do not look at function \(address.function)",
                at: element, "function", in: domain, fix: "write function='0x0'")
        }
    }
}

import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

struct FunctionZeroIsMulti: DomainCheck {
    let rule = DomainRule(
        "multifunction-off", "function 0 of a shared slot is multifunction",
        sources: ["QEMU 7.2 hw/pci/pci.c pci_init_multifunction"],
        """
        A guest looks at functions 1 to 7 only if function 0 says so. QEMU refuses: single function device can't be
        populated. Libvirt sets the bit by itself unless it is switched off.
        """)

    func check(_ domain: CheckedDomain) -> [Finding] {
        let shared = Set(
            domain.assignedDevices.compactMap(\.address.pci).filter { $0.function > 0 }.map(\.slotPlace))
        guard !shared.isEmpty else { return [] }
        return domain.assignedDevices.compactMap { device in
            guard let address = device.address.pci, address.function == 0, address.multifunction == false,
                shared.contains(address.slotPlace), let element = device.element?.first("address")
            else { return nil }
            return finding(
                .warning,
                "other functions of the slot are used; QEMU refuses: single function device can't be populated",
                at: element, "multifunction", in: domain, fix: "write multifunction='on'")
        }
    }
}

import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

struct HoleNeedsChipset: DomainCheck {
    let rule = DomainRule(
        "pci-hole", "the 64-bit PCI hole can be set on i440fx and q35 only",
        sources: ["libvirt 9.0.0 src/qemu/qemu_validate.c qemuValidateDomainDeviceDefControllerPCI"],
        """
        pcihole64 sets a property of the i440fx or Q35 host bridge; other machines have none.
        """)

    func check(_ domain: CheckedDomain) -> [Finding] {
        let expected: [String: DomainMachine.Chipset] = ["pci-root": .i440fx, "pcie-root": .q35]
        return domain.pciControllers.compactMap { controller in
            guard let hole = controller.first("pcihole64"), let chipset = expected[controller["model"] ?? ""],
                domain.chipset != chipset
            else { return nil }
            return finding(
                "Setting the 64-bit PCI hole size is not supported for machine '\(domain.machine)'", at: hole,
                in: domain,
                fix: "remove <pcihole64>")
        }
    }
}

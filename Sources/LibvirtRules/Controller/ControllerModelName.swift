import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

struct ControllerModelName: DomainCheck {
    let rule = DomainRule(
        "controller-model-name", "<model name> of a PCI controller is a device that makes such a controller",
        sources: ["libvirt 9.0.0 src/qemu/qemu_validate.c qemuValidateDomainDeviceDefControllerPCI"],
        """
        The name says which QEMU device is used. Only root ports have a choice (pcie-root-port or ioh3420); libvirt
        fills the name in, so leaving it out is best. The roots are part of the machine and take none.
        """)

    func check(_ domain: CheckedDomain) -> [Finding] {
        domain.pciControllers.compactMap { controller in
            guard let model = controller["model"], let known = Self.names[model],
                let element = controller.first("model"),
                let name = element["name"], name != "none", !known.contains(name)
            else { return nil }
            let verdict = known.isEmpty ? "is not valid" : "has invalid value"
            return finding(
                "Option 'modelName' \(verdict) for PCI controller with index '\(domain.index(of: controller))', "
                    + "model '\(model)' and modelName '\(name)'", at: element, "name", in: domain,
                fix: known.first.map { "write name='\($0)'" } ?? "remove <model>")
        }
    }

    private static let names: [String: [String]] = [
        "pci-root": [], "pcie-root": [], "pci-bridge": ["pci-bridge"], "dmi-to-pci-bridge": ["i82801b11-bridge"],
        "pcie-root-port": ["pcie-root-port", "ioh3420"], "pcie-switch-upstream-port": ["x3130-upstream"],
        "pcie-switch-downstream-port": ["xio3130-downstream"], "pci-expander-bus": ["pxb"],
        "pcie-expander-bus": ["pxb-pcie"], "pcie-to-pci-bridge": ["pcie-pci-bridge"],
    ]
}

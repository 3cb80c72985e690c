import BerthDiagnostics
import BerthLibvirtDomain
import BerthXML

struct ControllerOption: DomainCheck {
    let rule = DomainRule(
        "controller-option", "a PCI controller has only the options of its model",
        sources: ["libvirt 9.0.0 src/qemu/qemu_validate.c qemuValidateDomainDeviceDefControllerPCI"],
        """
        chassisNr belongs to pci-bridge; chassis and port to root ports and downstream ports; busNr and node to expander
        buses; hotplug to pci-root, root ports and downstream ports; a target index to the host bridges of pSeries
        guests; pcihole64 to the roots.
        """)

    func check(_ domain: CheckedDomain) -> [Finding] {
        domain.pciControllers.flatMap { controller -> [Finding] in
            guard let model = controller["model"], let name = Self.deviceName[model] else { return [] }
            var wrong: [(option: String, element: XMLElement, attribute: String?)] = []
            if let target = controller.first("target") {
                for (option, attribute, models) in Self.options
                where target[attribute] != nil && !models.contains(model) { wrong.append((option, target, attribute)) }
                if let node = target.first("node"), !Self.expanders.contains(model) {
                    wrong.append(("numaNode", node, nil))
                }
            }
            return wrong.map { option, element, attribute in
                finding(
                    "Option '\(option)' is not valid for PCI controller with index '\(domain.index(of: controller))', "
                        + "model '\(model)' and modelName '\(controller.first("model")?["name"] ?? name)'", at: element,
                    attribute, in: domain, fix: "remove \(attribute.map { "\($0)=" } ?? "<node>")")
            }
        }
    }

    private static let expanders: Set = ["pci-expander-bus", "pcie-expander-bus"]
    private static let ports: Set = ["pcie-root-port", "pcie-switch-downstream-port"]

    /// In the order in which libvirt looks.
    private static let options: [(option: String, attribute: String, models: Set<String>)] = [
        ("targetIndex", "index", []), ("busNr", "busNr", expanders), ("chassisNr", "chassisNr", ["pci-bridge"]),
        ("chassis", "chassis", ports), ("port", "port", ports), ("hotplug", "hotplug", ports.union(["pci-root"])),
    ]

    /// The device libvirt chooses, which its message names.
    private static let deviceName = [
        "pci-root": "none", "pcie-root": "none", "pci-bridge": "pci-bridge", "dmi-to-pci-bridge": "i82801b11-bridge",
        "pcie-root-port": "pcie-root-port", "pcie-switch-upstream-port": "x3130-upstream",
        "pcie-switch-downstream-port": "xio3130-downstream", "pci-expander-bus": "pxb",
        "pcie-expander-bus": "pxb-pcie", "pcie-to-pci-bridge": "pcie-pci-bridge",
    ]
}

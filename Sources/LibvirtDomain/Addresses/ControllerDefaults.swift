import BerthDiagnostics

/// What libvirt fills in for PCI controllers once they have an address.
///
/// Source: `qemuDomainAssignPCIAddresses`, `qemuDomainAddressFindNewBusNr` in src/qemu/qemu_domain_address.c @ 9.0.0.
extension AddressAssigner {
    mutating func completeControllers() {
        for index in domain[.controller].indices where domain[.controller][index].isPCIController {
            var controller = domain[.controller][index]
            let number = controller.index ?? 0
            let address = controller.address.pci
            controller.target.modelName = controller.target.modelName ?? Self.modelNames[controller.model]
            switch controller.model {
            case "pci-bridge":
                controller.target.chassisNr = controller.target.chassisNr ?? number
            case "pcie-root-port":
                controller.target.chassis = controller.target.chassis ?? number
                controller.target.port = controller.target.port ?? address.map { $0.slot << 3 + $0.function }
            case "pcie-switch-downstream-port":
                controller.target.chassis = controller.target.chassis ?? number
                controller.target.port = controller.target.port ?? address?.slot
            case "pci-expander-bus", "pcie-expander-bus":
                if controller.target.busNr == nil {
                    guard let free = newBusNumber() else {
                        refuse(
                            AddressRefusal(
                                .busNumber,
                                "No free busNr lower than current lowest busNr is available to auto-assign to bus "
                                    + "\(address?.bus ?? 0). Must be manually assigned"), controller)
                        return
                    }
                    controller.target.busNr = free
                }
            default: break
            }
            domain.update(DeviceReference(kind: .controller, index: index)) { $0 = controller }
            if controller.model == "pci-bridge", let bus = address?.bus, number <= bus {
                refuse(
                    AddressRefusal(
                        .bridgeIndex,
                        "PCI controller at index \(number) (\(Hexadecimal.string(number, digits: 2))) has "
                            + "bus='\(Hexadecimal.string(bus, digits: 2))', but index must be larger than bus"),
                    controller)
                return
            }
        }
    }

    /// Two below the lowest: one for the expander, one for the bridge in it.
    private func newBusNumber() -> Int? {
        let lowest = domain[.controller].compactMap(\.target.busNr).min() ?? 256
        return lowest <= 2 ? nil : lowest - 2
    }

    private static let modelNames = [
        "pci-bridge": "pci-bridge", "dmi-to-pci-bridge": "i82801b11-bridge", "pcie-to-pci-bridge": "pcie-pci-bridge",
        "pcie-root-port": "pcie-root-port", "pcie-switch-upstream-port": "x3130-upstream",
        "pcie-switch-downstream-port": "xio3130-downstream", "pci-expander-bus": "pxb",
        "pcie-expander-bus": "pxb-pcie",
    ]
}

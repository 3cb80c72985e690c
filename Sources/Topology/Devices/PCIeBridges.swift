import BerthPCI

/// PCI Express ports and the bridge from PCI Express to PCI.
///
/// Source: hw/pci-bridge/pcie_root_port.c, gen_pcie_root_port.c, ioh3420.c, xio3130_downstream.c,
/// pcie_pci_bridge.c and hw/pci/pcie.c `pcie_cap_slot_init` @ QEMU 7.2: root and downstream ports say *Slot
/// Implemented* also with `hotplug=off`.
enum PCIeBridges: DeviceBehaviour {
    static let models: Set<String> = [
        "pcie-root-port", "ioh3420", "x3130-upstream", "xio3130-downstream", "pcie-pci-bridge", "cxl-rp",
        "cxl-upstream",
        "cxl-downstream",
    ]

    static func apply(to function: inout PCIFunction, device: Device, on bus: PCIBus) throws(PropertyProblem) {
        let isPort = function.portType == .rootPort || function.portType == .downstreamPort
        function.bridge?.hasSlot = isPort
        let canHotPlug = try device.bool("hotplug") ?? true
        // Machines that leave plugging to ACPI alone take it from the slot.
        let isNative = try device.bool("x-native-hotplug") ?? true
        function.bridge?.allowsHotPlug = isPort && canHotPlug
        function.bridge?.isHotPlugCapable = isPort && canHotPlug && isNative
        function.bridge?.hasSHPC = function.model == "pcie-pci-bridge"
        if ["pcie-root-port", "cxl-rp"].contains(function.model) {
            function.bridge?.reservation = try BridgeReservation(device)
        }
    }
}

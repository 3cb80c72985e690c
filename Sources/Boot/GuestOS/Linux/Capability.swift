import BerthTopology

/// A capability id (PCI Code and ID Assignment Specification, section 2).
enum CapabilityID: UInt8 {
    case powerManagement = 0x01
}

extension PCIFunction {
    /// As recorded of the model, and as every IGD has it; behind a PCI Express port a virtio function gains power management.
    func hasCapability(_ id: CapabilityID) -> Bool {
        if origin == .igd { return true }
        if DeviceCatalogue.model(named: model)?.capabilities.contains(id.rawValue) == true { return true }
        return id == .powerManagement && vendor == 0x1af4 && (0x1040...0x107f).contains(device)
    }
}

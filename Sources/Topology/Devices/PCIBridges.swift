import BerthPCI

/// Conventional PCI-to-PCI bridges.
///
/// Source: hw/pci-bridge/pci_bridge_dev.c, hw/pci-bridge/i82801b11.c @ QEMU 7.2.
enum PCIBridges: DeviceBehaviour {
    static let models: Set<String> = ["pci-bridge", "pci-bridge-seat", "i82801b11-bridge"]

    static func apply(to function: inout PCIFunction, device: Device, on bus: PCIBus) throws(PropertyProblem) {
        guard function.model.hasPrefix("pci-bridge") else { return }
        let hasSHPC = try device.bool("shpc") ?? true
        if !hasSHPC { function.removeBAR(.bar(0)) }
        function.bridge?.hasSHPC = hasSHPC
        function.bridge?.reservation = try BridgeReservation(device)
    }
}

extension BridgeReservation {
    /// Nil if the device asks for nothing. All ones means "not asked" as well.
    init?(_ device: Device) throws(PropertyProblem) {
        self.init()
        buses = try device.number("bus-reserve", in: 0...0xffff_ffff).flatMap { UInt32($0).nilIfAllOnes }
        io = try device.size("io-reserve")?.rawValue.nilIfAllOnes
        memory = try BridgeReservation.size32("mem-reserve", device)
        prefetchable32 = try BridgeReservation.size32("pref32-reserve", device)
        prefetchable64 = try device.size("pref64-reserve")?.rawValue.nilIfAllOnes
        if prefetchable32 != nil, prefetchable64 != nil {
            throw PropertyProblem(
                property: "pref64-reserve", message: "given together with pref32-reserve; QEMU takes only one of them")
        }
        if isEmpty { return nil }
    }

    private static func size32(_ name: String, _ device: Device) throws(PropertyProblem) -> UInt32? {
        guard let size = try device.size(name), size.rawValue != .max else { return nil }
        guard let value = UInt32(exactly: size.rawValue) else {
            throw PropertyProblem(property: name, message: "\(size) does not fit into 32 bits")
        }
        return value.nilIfAllOnes
    }
}

extension FixedWidthInteger {
    fileprivate var nilIfAllOnes: Self? { self == ~0 ? nil : self }
}

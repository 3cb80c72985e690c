import BerthPCI

/// Serial ports on PCI, whose programming interface is a property: 2 for a 16550, and 0 on old machines.
///
/// Source: hw/char/serial-pci.c, serial-pci-multi.c @ QEMU 7.2.
enum PCISerial: DeviceBehaviour {
    static let models: Set<String> = ["pci-serial", "pci-serial-2x", "pci-serial-4x"]

    static func apply(to function: inout PCIFunction, device: Device, on bus: PCIBus) throws(PropertyProblem) {
        guard let interface = try device.number("prog_if", in: 0...255) else { return }
        function.classCode = ClassCode(rawValue: function.classCode.rawValue & ~0xff | UInt32(interface))
    }
}

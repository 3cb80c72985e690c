import BerthPCI

/// `pci-testdev`: `membar=SIZE` adds BAR 2, 64-bit and prefetchable, without storage behind it.
///
/// Source: hw/misc/pci-testdev.c `pci_testdev_realize` @ QEMU 7.2.
enum PCITestDevice: DeviceBehaviour {
    static let models: Set<String> = ["pci-testdev"]

    static func apply(to function: inout PCIFunction, device: Device, on bus: PCIBus) throws(PropertyProblem) {
        guard let size = try device.size("membar"), size > .zero else { return }
        guard size.isPowerOfTwo else {
            throw PropertyProblem(property: "membar", message: "\(size) is not a power of two")
        }
        function.setBAR(.bar(2), .memory64(size: size, prefetchable: true))
    }
}

import BerthPCI

/// `bochs-display`: BAR 0 follows `vgamem`, in bytes, 4 MiB to 256 MiB.
///
/// Source: hw/display/bochs-display.c `bochs_display_realize` @ QEMU 7.2.
enum BochsDisplay: DeviceBehaviour {
    static let models: Set<String> = ["bochs-display"]

    static func apply(to function: inout PCIFunction, device: Device, on bus: PCIBus) throws(PropertyProblem) {
        guard let size = try device.size("vgamem") else { return }
        guard size >= .mib(4), size <= .mib(256) else {
            throw PropertyProblem(property: "vgamem", message: "\(size) is not between 4 MiB and 256 MiB")
        }
        if let rounded = size.roundedUpToPowerOfTwo {
            function.setBAR(.bar(0), .memory32(size: rounded, prefetchable: true))
        }
    }
}

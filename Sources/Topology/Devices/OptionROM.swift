import BerthPCI

/// The option ROM register, which any model may get or lose.
///
/// Source: hw/pci/pci.c `pci_add_option_rom` @ QEMU 7.2: the file's size rounded up to a power of two, or
/// `romsize`; nothing with `rombar=0` or an empty `romfile`.
enum OptionROM {
    static func apply(to function: inout PCIFunction, device: Device) throws(PropertyProblem) {
        if let file = device["romfile"] {
            function.removeBAR(.rom)
            if case .text(let path) = file, !path.isEmpty {
                guard let size = try device.size("romsize") ?? device.romSize ?? knownFiles[path] else {
                    throw PropertyProblem(
                        property: "romfile",
                        message: "the size of '\(path)' is not known; add romsize= with the size of the ROM BAR")
                }
                if let rounded = size.roundedUpToPowerOfTwo {
                    function.setBAR(.rom, .memory32(size: max(rounded, .kib(2)), prefetchable: false))
                }
            }
        } else if let size = try device.size("romsize"), function[.rom] != nil {
            function.setBAR(.rom, .memory32(size: size, prefetchable: false))
        }
        // A number in QEMU, not a switch: 0 and 1.
        switch device["rombar"] {
        case .number(0), .text("0"), .text("off"), .bool(false): function.removeBAR(.rom)
        default: break
        }
    }

    /// Files that Debian 12's packages seabios and qemu-system-data install.
    private static let knownFiles: [String: ByteCount] = [
        "/usr/share/qemu/kvmvapic.bin": 9216, "/usr/share/seabios/vgabios-stdvga.bin": 39936,
        "/usr/share/seabios/vgabios-qxl.bin": 39936, "/usr/share/seabios/vgabios-virtio.bin": 39936,
    ]
}

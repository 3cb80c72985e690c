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
                guard let size = try device.size("romsize") ?? device.romSize ?? knownSize(path) else {
                    throw PropertyProblem(
                        property: "romfile",
                        message: "the size of '\(path)' is not known; add romsize= with the size of the ROM BAR")
                }
                try check(device, path)
                if let rounded = size.roundedUpToPowerOfTwo {
                    function.setBAR(.rom, .memory32(size: max(rounded, .kib(2)), prefetchable: false))
                }
            }
        } else if let size = try device.size("romsize"), function[.rom] != nil {
            function.setBAR(.rom, .memory32(size: size, prefetchable: false))
        }
        if isHidden(device) { function.removeBAR(.rom) }
    }

    /// Source: `pci_qdev_realize`, `pci_add_option_rom` in hw/pci/pci.c @ QEMU 7.2; recorded from 7.2 and 11.1.
    private static func check(_ device: Device, _ path: String) throws(PropertyProblem) {
        guard let room = try device.size("romsize") else { return }
        guard room.rawValue.nonzeroBitCount == 1 else {
            throw PropertyProblem(property: "romsize", message: "ROM size \(room.rawValue) is not a power of two")
        }
        guard let size = device.romSize ?? knownSize(path), size > room else { return }
        throw PropertyProblem(
            property: "romfile",
            message: "romfile \"\(path)\" (\(size.rawValue) bytes) is too large for ROM size \(room.rawValue)")
    }

    /// A number in QEMU, not a switch: 0 and 1.
    private static func isHidden(_ device: Device) -> Bool {
        switch device["rombar"] {
        case .number(0), .text("0"), .text("off"), .bool(false): true
        default: false
        }
    }

    /// The name under which the ROM of a device without a ROM BAR is handed to the firmware; nil if none is.
    ///
    /// Source: `pci_add_option_rom` in hw/pci/pci.c, `rom_add_file` in hw/core/loader.c @ QEMU 7.2.
    static func firmwareFile(of device: Device) -> String? {
        guard isHidden(device), let model = DeviceCatalogue.model(named: device.model) else { return nil }
        let file = device["romfile"]?.description ?? defaultFile(model.name)
        guard let name = file?.split(separator: "/").last else { return nil }
        return "\(model.classCode.isVGA ? "vgaroms" : "genroms")/\(name)"
    }

    /// The classes' own `romfile` @ QEMU 7.2.
    private static func defaultFile(_ model: String) -> String? {
        switch model {
        case "e1000", "e1000-82544gc", "e1000-82545em": "efi-e1000.rom"
        case "e1000e": "efi-e1000e.rom"
        case "ne2k_pci": "efi-ne2k_pci.rom"
        case "pcnet": "efi-pcnet.rom"
        case "rtl8139": "efi-rtl8139.rom"
        case "vmxnet3": "efi-vmxnet3.rom"
        case "VGA": "vgabios-stdvga.bin"
        case "cirrus-vga": "vgabios-cirrus.bin"
        case "qxl-vga": "vgabios-qxl.bin"
        case "virtio-vga": "vgabios-virtio.bin"
        case "ati-vga": "vgabios-ati.bin"
        case "vmware-svga": "vgabios-vmware.bin"
        case "bochs-display": "vgabios-bochs-display.bin"
        case _ where model.hasPrefix("virtio-net-pci"): "efi-virtio.rom"
        case _ where model.hasPrefix("i825") || model == "i82801": "pxe-eepro100.rom"
        default: nil
        }
    }

    private static func knownSize(_ path: String) -> ByteCount? {
        path.hasSuffix(Device.writerFile) ? Device.writerROMSize : knownFiles[path]
    }

    /// Files that Debian 12's packages seabios and qemu-system-data install.
    private static let knownFiles: [String: ByteCount] = [
        "/usr/share/qemu/kvmvapic.bin": 9216, "/usr/share/seabios/vgabios-stdvga.bin": 39936,
        "/usr/share/seabios/vgabios-qxl.bin": 39936, "/usr/share/seabios/vgabios-virtio.bin": 39936,
    ]
}

extension Device {
    /// Whether it has a ROM that is not in a BAR: QEMU hands it to the firmware over fw_cfg.
    package var hasHiddenROM: Bool { OptionROM.firmwareFile(of: self) != nil }
}

import BerthIGD
package import BerthPCI
package import BerthStack

/// What the properties of an assignment make of the host's registers.
extension IGDAssignment {
    /// The value of a property; the last one given counts.
    package subscript(property name: String) -> PropertyValue? { properties.last { $0.name == name }?.value }

    subscript(bool name: String) -> Bool? {
        switch self[property: name] {
        case .bool(let value): value
        case .text("on"): true
        case .text("off"): false
        default: nil
        }
    }

    subscript(number name: String) -> UInt64? {
        switch self[property: name] {
        case .number(let value): value
        case .text(let text): text.hasPrefix("0x") ? UInt64(text.dropFirst(2), radix: 16) : UInt64(text)
        default: nil
        }
    }

    /// The class that guest and QEMU see: the host's, or that of `x-pci-class-code`, which came with QEMU 10.1.
    package func shownClass(by qemu: QEMURelease) -> ClassCode {
        guard qemu.overridesClassCode, let code = self[number: "x-pci-class-code"], code <= 0xff_ffff else {
            return classCode
        }
        return ClassCode(rawValue: UInt32(code))
    }

    /// Whether QEMU, which goes by what the guest sees (`vfio_pci_is` in hw/vfio/pci-quirks.c), takes it for Intel's.
    var isIntel: Bool { shownVendor == 0x8086 }

    /// The vendor that the guest sees.
    package var shownVendor: UInt16 { self[number: "x-pci-vendor-id"].flatMap { UInt16(exactly: $0) } ?? 0x8086 }

    /// The device id that `x-pci-device-id` shows the guest and QEMU in place of the host's.
    package var shownDevice: UInt16? { self[number: "x-pci-device-id"].flatMap { UInt16(exactly: $0) } }

    /// What QEMU and the guest see in place of what the host has, by `x-pci-device-id` and, where the release has it,
    /// `x-pci-class-code`.
    ///
    /// Source: `vfio_pci_realize` in hw/vfio/pci.c @ QEMU 2.7 to 10.1; `igd_gen` in hw/vfio/igd.c reads `vdev->device_id`.
    package mutating func showIdentity(_ release: QEMURelease) {
        if let shownDevice { device = shownDevice }
        classCode = shownClass(by: release)
    }

    /// `on`, `off` or `auto`.
    var legacyModeProperty: String { self[property: "x-igd-legacy-mode"]?.description ?? "auto" }

    /// Sets a property, replacing an earlier value.
    package mutating func set(_ name: String, _ value: PropertyValue) {
        properties.removeAll { $0.name == name }
        properties.append(Property(name, value))
    }

    /// The host's graphics control word, or one that stands for it: the largest GTT, and stolen memory of
    /// the size wanted where the encoding has it.
    package var assumedGraphicsControl: UInt16 {
        if let graphicsControl { return graphicsControl }
        guard let encoding = platform?.stolenEncoding else { return 0 }
        let gms = UInt16(encoding.gms(for: stolenMemory) ?? 0)
        return encoding == .c || encoding == .chv ? gms << 3 | 2 << 8 : gms << 8 | 3 << 6
    }

    /// Stolen memory of the host, as its control word has it; zero for an invalid code.
    package var hostStolenMemory: ByteCount {
        guard let encoding = platform?.stolenEncoding else { return .zero }
        return GraphicsControl(word: assumedGraphicsControl, encoding: encoding).stolenMemorySize ?? .zero
    }
}

extension GuestTopology {
    /// All fw_cfg files the firmware finds: those given by hand win over those QEMU makes for the IGD.
    package var effectiveFirmwareFiles: [FirmwareFile] {
        var files = firmwareFiles
        let names = Set(files.map(\.name))
        guard let facts = IGDInQEMU(self) else { return files }
        if let size = facts.opRegionFile, !names.contains(FirmwareFile.opRegion) {
            files.append(FirmwareFile(FirmwareFile.opRegion, .file(path: "", size: size)))
        }
        if let size = facts.stolenMemorySizeFile, !names.contains(FirmwareFile.stolenMemorySize) {
            files.append(FirmwareFile(FirmwareFile.stolenMemorySize, .number(size.rawValue)))
        }
        return files
    }
}

extension GuestTopology {
    /// Whether the firmware finds a file, whoever made it.
    package func hasFirmwareFile(_ name: String) -> Bool { effectiveFirmwareFiles.contains { $0.name == name } }

    /// Whether the user gives a file by hand.
    package func givesFirmwareFile(_ name: String) -> Bool { firmwareFiles.contains { $0.name == name } }
}

extension IGDAssignment {
    /// Whether a switch is on; what is not given is off.
    package func isOn(_ name: String) -> Bool { self[bool: name] ?? false }

    /// Whether QEMU is told to offer the OpRegion, or does so by default.
    package func isAskingForOpRegion(_ era: QEMUEra) -> Bool { self[bool: "x-igd-opregion"] ?? (era >= .v10_1) }
}

extension GuestTopology {
    /// Whether VfioIgdPkg's driver in the ROM places the regions: OVMF starts it, and it goes on with a copy of the OpRegion.
    package var isPlacedByOptionROM: Bool {
        guard let igd, firmwareKind.isUEFI, igd.rom.contents?.placesRegions == true else { return false }
        return hasFirmwareFile(FirmwareFile.opRegion)
    }
}

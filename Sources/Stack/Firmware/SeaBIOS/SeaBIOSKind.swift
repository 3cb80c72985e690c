import BerthDiagnostics

extension FirmwareKind {
    /// SeaBIOS, QEMU's own BIOS.
    public static var seabios: FirmwareKind { FirmwareKind(SeaBIOSRelease.self) }
}

extension FirmwareChoice {
    /// A release of SeaBIOS.
    public static func seabios(_ release: SeaBIOSRelease) -> Self { Self(release) }
}

extension Stack {
    /// The firmware of guests that boot by BIOS.
    public var seabios: SeaBIOSRelease {
        get { release() }
        set { take(.seabios(newValue)) }
    }
}

extension SeaBIOSRelease: FirmwareRelease {
    package static let kindName = "seabios"

    package static let traits = FirmwareTraits(
        isUEFI: false, readsIGDFiles: true, leavesROMAddresses: true, imageWords: [], flash: nil,
        log: log, packages: ["seabios", "seabios-bin"])

    /// Source: `dump_map` in src/e820map.c, `panic` in src/fw/pciinit.c, src/boot.c @ SeaBIOS 1.16.2.
    private static let log = FirmwareTraits.DebugLog(
        release: "SeaBIOS (version ", memoryMap: "e820 map has", outOf: "PCI: out of ",
        numbering: "pci_bios_init_bus_rec bus", endlessNumbering: endlessNumbering,
        done: ["No bootable device", "Booting from"])

    /// SeaBIOS says nothing itself when it hangs there.
    package static let endlessNumbering = "bus numbering never ends"

    package static let assumed = Self(1, 16, 2)

    /// The one in QEMU's own tree, or where that is not known here, the nearest that is.
    ///
    /// Source: QEMU's changelogs: 1.15.0 in 6.2, 1.16.0 in 7.0, 1.16.3 in 8.2, 1.17.0 in 10.1.
    package static func shipped(with qemu: QEMURelease) -> Self? {
        if qemu >= QEMURelease(10, 1) { return Self(1, 17, 0) }
        if qemu >= QEMURelease(8, 2) { return Self(1, 16, 3) }
        if qemu >= QEMURelease(7, 0) { return Self(1, 16, 2) }
        return Self(1, 15, 0)
    }

    package init?(package version: PackageVersion) {
        let numbers = version.numbers
        guard numbers.count >= 3 else { return nil }
        self.init(numbers[0], numbers[1], numbers[2])
    }

    package var lowBARSetting: LowBARSetting? {
        if readsPCI64File {
            return .file(
                name: "opt/org.seabios/pci64", text: "off", effect: "which keeps BARs below 4 GiB while they fit")
        }
        return asksAddressWidth ? .noLongMode : nil
    }
}

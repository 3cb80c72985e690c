/// The kinds of firmware that are modelled.
public enum FirmwareKind: String, Hashable, Sendable, CaseIterable {
    /// SeaBIOS, QEMU's own BIOS.
    case seabios
    /// OVMF, the UEFI firmware of EDK2.
    case ovmf

    /// What QEMU starts where no image is named.
    package static let standard = FirmwareKind.seabios

    // What is asked of a kind is answered by its traits, so that nobody else lists the kinds. A new one is a case and its
    // traits here, its releases in `FirmwareChoice`, and its model in `BerthBoot`.
    package var traits: FirmwareTraits {
        switch self {
        case .seabios: .seabios
        case .ovmf: .ovmf
        }
    }

    package var title: String { traits.title }
    package var isUEFI: Bool { traits.isUEFI }
    package var readsIGDFiles: Bool { traits.readsIGDFiles }

    /// The kind that an image's path names; nil for a path that names none.
    package static func ofImage(_ path: String) -> FirmwareKind? {
        let path = path.lowercased()
        return allCases.first { $0.traits.imageWords.contains { path.contains($0) } }
    }

    /// Every other kind.
    package var others: [FirmwareKind] { Self.allCases.filter { $0 != self } }
}

/// What a kind of firmware is to those who start it, and to an IGD.
package struct FirmwareTraits: Hashable, Sendable {
    /// As its makers write it.
    package var title: String
    /// It starts EFI drivers from option ROMs, a GOP driver among them; else it runs video BIOSes.
    package var isUEFI: Bool
    /// It takes `etc/igd-opregion` and `etc/igd-bdsm-size` itself, and serves class VGA only; else a driver in the IGD's
    /// option ROM has to.
    package var readsIGDFiles: Bool
    /// It leaves addresses in the ROM BARs of functions.
    package var leavesROMAddresses: Bool
    /// Words, one of which the path of an image has; empty where none is named.
    package var imageWords: [String]
    /// The images it is started from; nil for what QEMU has built in.
    package var flash: Flash?
    /// Where it shows that it is at work.
    package var sign: Sign

    /// Images for `pflash`, as Debian installs them.
    package struct Flash: Hashable, Sendable {
        package var code: String
        /// The template of the variables.
        package var variables: String
        package var package: String
    }

    package enum Sign: Hashable, Sendable {
        /// A log on the debug port.
        case debugPort
        /// Nothing but its writes to configuration space.
        case configurationWrites
    }
}

extension FirmwareTraits {
    static let seabios = FirmwareTraits(
        title: "SeaBIOS", isUEFI: false, readsIGDFiles: true, leavesROMAddresses: true, imageWords: [], flash: nil,
        sign: .debugPort)

    static let ovmf = FirmwareTraits(
        title: "OVMF", isUEFI: true, readsIGDFiles: false, leavesROMAddresses: false, imageWords: ["ovmf", "edk2"],
        flash: Flash(
            code: "/usr/share/OVMF/OVMF_CODE_4M.fd", variables: "/usr/share/OVMF/OVMF_VARS_4M.fd", package: "ovmf"),
        sign: .configurationWrites)
}

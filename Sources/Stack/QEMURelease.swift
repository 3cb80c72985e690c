/// A QEMU release, by its first two numbers; the third never changes what is modelled here.
public struct QEMURelease: Release {
    /// The first number.
    public let major: Int
    /// The second number.
    public let minor: Int

    /// For comparisons with a release that changed something; what people name is read.
    public init(_ major: Int, _ minor: Int) {
        self.major = major
        self.minor = minor
    }

    /// Reads `7.2` and `7.2.22`, whether or not there is such a release.
    public init?(grammar text: String) {
        guard let numbers = ReleaseNumbers.read(text, count: 2...3) else { return nil }
        self.init(numbers[0], numbers[1])
    }

    /// As its makers write it.
    public static let product = "QEMU"
    /// Both numbers.
    public var numbers: [Int] { [major, minor] }
    /// `7.2`
    public var description: String { "\(major).\(minor)" }
    /// Earlier releases first.
    public static func < (a: Self, b: Self) -> Bool { (a.major, a.minor) < (b.major, b.minor) }

    /// From 2.7 on, the first that can give an IGD to a guest.
    public static let known: [Self] = [
        2: 7...12, 3: 0...1, 4: 0...2, 5: 0...2, 6: 0...2, 7: 0...2, 8: 0...2, 9: 0...2, 10: 0...2, 11: 0...1,
    ].flatMap { major, minors in minors.map { Self(major, $0) } }.sorted()
    /// Those of Debian 12, Debian 13 and unstable of November 2026.
    public static let measured = [Self(7, 2), Self(10, 0), Self(11, 1)]
}

// MARK: Capabilities

extension QEMURelease {
    /// Which behaviour of vfio-pci's IGD code this release has; nil before 2.7, which has none.
    package var igdEra: QEMUEra? {
        if self < Self(2, 7) { return nil }
        if self < Self(9, 2) { return .v2_7 }
        if self < Self(10, 0) { return .v9_2 }
        if self < Self(10, 1) { return .v10_0 }
        return .v10_1
    }

    /// One release of each behaviour, in order: of the first the one that is measured.
    package static let oneOfEachEra = [Self(7, 2), Self(9, 2), Self(10, 0), Self(10, 1)]

    /// The OpRegion is offered for any display class, not for VGA alone (10.2).
    package var offersOpRegionToAnyDisplay: Bool { self >= Self(10, 2) }
    /// A function in D3 has no BARs (10.0). Source: hw/pci/pci.c@QEMU 10.0 `pci_update_mappings`.
    package var unmapsBARsInD3: Bool { self >= Self(10, 0) }
    /// Distributions ship iPXE 2.0 beside it, which takes decode away while it sizes a BAR (11.0; Debian has 1.21 beside 10.0).
    package var comesWithLaterIPXE: Bool { self >= Self(11, 0) }
    /// With `-nodefaults`, or beside an `-audiodev`, a sound card has to be given its audio back end (8.2).
    package var wantsAudioBackEnd: Bool { self >= Self(8, 2) }
    /// A model of `-nic` that is none leaves the network without a card, and is no error (9.0).
    package var ignoresUnknownCards: Bool { self >= Self(9, 0) }
    /// `-net nic,addr=` is read and not used: cards lie where the next slot is free (9.0, `pci_init_nic_devices`; seen on 10.0
    /// and 11.1).
    package var ignoresPlacesOfCards: Bool { self >= Self(9, 0) }
    /// The function of `amd-iommu` has a device number of its own (recorded from 10.0).
    package var namesAMDIOMMU: Bool { self >= Self(10, 0) }
    /// Virtual functions are made with their physical one and keep their places, though nobody sees them before they are
    /// enabled (10.0, hw/pci/pcie_sriov.c `register_vfs`).
    package var keepsVirtualFunctions: Bool { self >= Self(10, 0) }
    /// `pxb-cxl` has vendor and device (8.1, commit c28db9e0002d).
    package var namesCXLExpander: Bool { self >= Self(8, 1) }
    /// Firmware is told where the memory of CXL ends even if none can be plugged in (10.1, and 10.0.4, commit d1193481dee6).
    package var alwaysTellsEndOfCXL: Bool { self >= Self(10, 0) }
    /// `phys-bits` may be more than a processor has (recorded from 11.1).
    package var takesAnyAddressWidth: Bool { self >= Self(11, 1) }
    /// Two displays that would save their state under one name end QEMU (8.2, `savevm_state_handler_insert`).
    package var refusesDuplicateState: Bool { self >= Self(8, 2) }
    /// `pci-testdev` takes `membar-backed`: memory behind its BAR (10.1).
    package var backsTestDevice: Bool { self >= Self(10, 1) }
    /// vfio-pci takes `x-pci-class-code` (10.1).
    package var overridesClassCode: Bool { self >= Self(10, 1) }
    /// vfio-pci takes `x-igd-legacy-mode` and `x-igd-lpc` (10.0).
    package var switchesLegacyMode: Bool { self >= Self(10, 0) }
    /// Writes to the GTT are watched for addresses below stolen memory, and stop the guest (until 10.0).
    ///
    /// Source: commit 5aed8b0f0be2 removes `vfio_igd_quirk_data_write`.
    package var trapsGTTWrites: Bool { self < Self(10, 0) }
    /// `x-igd-gms=0`, the default, hides the size of stolen memory; later it leaves the host's (until 9.2).
    package var hidesStolenMemoryByDefault: Bool { self < Self(9, 2) }
    /// A virtual function of an IGD, which has no OpRegion, is none for the IGD code, whatever is asked for (10.1).
    ///
    /// Source: commit 0992ea07dbb5: `vfio_pci_igd_opregion_detect` says no, and the quirk lets the device be.
    package var takesVirtualFunctions: Bool { self >= Self(10, 1) }
    /// An automatic legacy mode that finds 00:1f.0 taken ends QEMU: the error is in `errp`, and `error_report_err` is given an
    /// `err` that is NULL (10.0).
    ///
    /// Source: hw/vfio/igd.c `vfio_pci_igd_config_quirk`, label `error`; read, not run.
    package var diesWhereLPCSlotIsTaken: Bool { self >= Self(10, 0) }
    /// The base that the host's copy of a video BIOS has cached is cleared when QEMU loads it (11.1).
    ///
    /// Source: commit 256229e8f9b9, `vfio_igd_legacy_rom_quirk`.
    package var clearsCachedBase: Bool { self >= Self(11, 1) }
    /// What backs a BAR of vfio-user-pci can be a server's memory, mapped for the IGD as well (10.1).
    ///
    /// Source: hw/vfio-user/pci.c @ QEMU 10.1.
    package var takesUserDevices: Bool { self >= Self(10, 1) }
    /// Leaf 0x80000000 of CPUID has the vendor of an Intel processor, which real ones leave out there (to 10.0; by the release of the
    /// machine type).
    ///
    /// Measured: pc-q35-10.0 and 10.1 of QEMU 11.1.
    package var namesIntelInExtendedLeaf: Bool { self < Self(10, 1) }
    /// With KVM, CPUID tells how much of the address space a guest can reach (9.1).
    ///
    /// Source: `kvm_set_guest_phys_bits` in target/i386/kvm/kvm-cpu.c @ QEMU 9.1; read, not run.
    package var saysGuestPhysicalBits: Bool { self >= Self(9, 1) }
    /// i915 glitches on Haswell in a UEFI guest were reported from here on (11.0).
    package var isReportedToGarbleHaswell: Bool { self >= Self(11, 0) }
}

/// The four behaviours of QEMU's IGD code, each named by its first release.
///
/// Source: `hw/vfio/igd.c` of the four states listed in docs/sources.md under Q-old, Q-9.2, Q-10.0, Q-10.2.
package enum QEMUEra: String, Hashable, Sendable, CaseIterable, Comparable {
    case v2_7 = "2.7 to 9.1"
    case v9_2 = "9.2"
    case v10_0 = "10.0"
    case v10_1 = "10.1 and later"

    package static func < (a: QEMUEra, b: QEMUEra) -> Bool { a.order < b.order }
    private var order: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

// MARK: What domain XML leaves to the release

extension QEMURelease {
    /// vfio-pci gives an IGD its OpRegion unless `x-igd-opregion` is off (10.1, commit 16cbb43302a2).
    package var givesOpRegionUnasked: Bool { self >= Self(10, 1) }
    /// As the release of a machine type: there is a `pc-i440fx-` of its number (1.4).
    package var namesI440FX: Bool { self >= Self(1, 4) }
    /// As the release of a machine type: there is a `pc-q35-` of its number in any QEMU since 2.7 (2.4).
    package var namesQ35: Bool { self >= Self(2, 4) }
    /// As the release of a machine type: the most CPUs of a q35.
    ///
    /// Source: `query-machines` of QEMU 7.2, 10.0 and 11.1.
    package var mostQ35CPUs: Int {
        if self < Self(2, 8) { return 255 }
        if self < Self(8, 1) { return 288 }
        return self < Self(9, 0) ? 1024 : 4096
    }
    /// virtio-blk passes SCSI commands on (until 9.1). Source: docs/about/removed-features.rst @ QEMU 9.1.
    package var virtioBlockTakesSCSI: Bool { self < Self(9, 1) }
    /// A machine of x86 can be without a PS/2 controller (7.0). Source: hw/i386/pc.c `i8042` @ QEMU 7.0.
    package var switchesPS2: Bool { self >= Self(7, 0) }
    /// A client of NBD says which name its server's certificate has (7.0).
    /// Source: qapi/block-core.json `tls-hostname` @ QEMU 7.0.
    package var namesNBDCertificate: Bool { self >= Self(7, 0) }
    /// Encryption of RBD images has layers, and may be of either kind of LUKS (8.0).
    /// Source: qapi/block-core.json `RbdEncryptionOptionsLUKSAny` @ QEMU 8.0.
    package var layersRBDEncryption: Bool { self >= Self(8, 0) }
    /// Whether QEMU numbers releases so: since 4.0 a year has three, of one first number.
    package var isNumberedAsReleases: Bool { major < 4 || minor < 3 }
}

/// A SeaBIOS release.
public struct SeaBIOSRelease: Release {
    /// The first number.
    public let major: Int
    /// The second number.
    public let minor: Int
    /// The third number.
    public let patch: Int

    /// For comparisons with a release that changed something; what people name is read.
    public init(_ major: Int, _ minor: Int, _ patch: Int) {
        self.major = major
        self.minor = minor
        self.patch = patch
    }

    /// Reads `1.16.2`, whether or not there is such a release.
    public init?(grammar text: String) {
        guard let numbers = ReleaseNumbers.read(text, count: 3...3) else { return nil }
        self.init(numbers[0], numbers[1], numbers[2])
    }

    /// As its makers write it.
    public static let product = "SeaBIOS"
    /// All three numbers.
    public var numbers: [Int] { [major, minor, patch] }
    /// `1.16.2`
    public var description: String { "\(major).\(minor).\(patch)" }
    /// Earlier releases first.
    public static func < (a: Self, b: Self) -> Bool {
        (a.major, a.minor, a.patch) < (b.major, b.minor, b.patch)
    }

    /// Those whose sources were read, among them 1.15.0, which Ubuntu 22.04 has.
    public static let known = [Self(1, 15, 0), Self(1, 16, 2), Self(1, 16, 3), Self(1, 17, 0)]
    /// Those of Debian 12, Debian 13 and unstable of November 2026.
    public static let measured = [Self(1, 16, 2), Self(1, 16, 3), Self(1, 17, 0)]
}

// MARK: Capabilities

/// Source: `physbits` in src/fw/paravirt.c; `pci_setup`, `pci_bios_check_devices`, `pci_bios_map_devices` in
/// src/fw/pciinit.c; `malloc_preinit` in src/malloc.c @ SeaBIOS 1.15.0, 1.16.2, 1.16.3, 1.17.0. 1.15.0 was read,
/// not measured.
extension SeaBIOSRelease {
    /// Behind a PCIe-to-PCI bridge room is kept for what is plugged in later (1.16.0, commit bba24ef8).
    package var servesPCIeToPCIBridges: Bool { self >= Self(1, 16, 0) }
    /// Bytes of RAM below 4 GiB it keeps for tables and drivers, where RAM ends at `top`: 256 KiB; from 1.16.1 on
    /// (commit dc88f9b7) 16 MiB where there is twice as much.
    package func highTableSize(top: UInt64) -> UInt64 {
        self >= Self(1, 16, 1) && top >= 33 << 20 ? 16 << 20 : 256 << 10
    }
    /// Asks how wide addresses are, and goes near the top of them (1.16.3, commits 90eeb0c8, bcfed7e2).
    package var asksAddressWidth: Bool { self >= Self(1, 16, 3) }
    /// The width it goes by where the processor has more (a6ed6b70, 1.16.3; ec0bc256, 1.17.0); nil where it goes by the processor's.
    package func addressBitsLimit(bytesAbove4GiB: UInt64) -> Int? {
        guard self >= Self(1, 17, 0) else { return 46 }
        return bytesAbove4GiB < 1 << 40 ? 44 : nil
    }
    /// Leaves room above 4 GiB only where the width can be trusted (1.16.3); later wherever RAM is there (df9dd418).
    package var padsOnlyTrustedWidth: Bool { self < Self(1, 17, 0) }
    /// fw_cfg `opt/org.seabios/pci64` decides whether it leaves room (1.17.0).
    package var readsPCI64File: Bool { self >= Self(1, 17, 0) }
    /// Only an empty hot-plug bridge gets a window of the least size (before 1.16.3, commit 96a8d130).
    package var fillsOnlyEmptyBridges: Bool { self < Self(1, 16, 3) }
    /// The alignment of a padded window replaces its children's even where that is larger (1.16.3 alone: 96a8d130 to
    /// e5f2e4c6).
    package var replacesAlignment: Bool { self == Self(1, 16, 3) }
}

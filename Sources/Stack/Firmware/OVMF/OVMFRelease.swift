/// A stable release of EDK2, of which OVMF is a part: `2022.11` for edk2-stable202211.
public struct OVMFRelease: Release {
    /// Four digits.
    public let year: Int
    /// 1...12
    public let month: Int

    /// For comparisons with a release that changed something; what people name is read.
    public init(_ year: Int, _ month: Int) {
        self.year = year
        self.month = month
    }

    /// Reads `2022.11`, whether or not there is such a release.
    public init?(grammar text: String) {
        guard let numbers = ReleaseNumbers.read(text, count: 2...2, digits: 4), text.utf8.count == 7,
            numbers[0] >= 2000, (1...12).contains(numbers[1])
        else { return nil }
        self.init(numbers[0], numbers[1])
    }

    /// As its makers write it.
    public static let product = "OVMF"
    /// Year and month.
    public var numbers: [Int] { [year, month] }
    /// `2022.11`
    public var description: String { "\(year).\(month < 10 ? "0" : "")\(month)" }
    /// Earlier releases first.
    public static func < (a: Self, b: Self) -> Bool { (a.year, a.month) < (b.year, b.month) }

    /// Every stable tag from 2022.11 on, four a year, and 2022.02, which Ubuntu 22.04 has.
    public static let known =
        [Self(2022, 2), Self(2022, 11)]
        + (2023...2025).flatMap { year in [2, 5, 8, 11].map { Self(year, $0) } }
        + [2, 5, 8].map { Self(2026, $0) }
    /// Those of Debian 12, Debian 13 and unstable of November 2026.
    public static let measured = [Self(2022, 11), Self(2025, 2), Self(2026, 8)]
}

// MARK: Capabilities

/// What changed in OVMF between the releases that were measured, and before them.
///
/// Source: OvmfPkg/Library/PlatformInitLib/MemDetect.c and Platform.c, OvmfPkg/PciHotPlugInitDxe/PciHotPlugInit.c
/// @ the edk2-stable releases named; read, and measured where `measured` has the release.
extension OVMFRelease {
    /// 202211, `PlatformDynamicMmioWindow` (ecb778d0ac): the window above 4 GiB grows with the width of addresses.
    package var hasDynamicWindow: Bool { self >= Self(2022, 11) }
    /// 202211, commit 9e6b552b4c: a large window leaves room behind ports in proportion.
    package var padsByWindow: Bool { self >= Self(2022, 11) }
    /// 202302, `PlatformReservationConflictCB` (c0a0b9bc35): the dynamic window steps below what the memory map holds.
    package var avoidsReservations: Bool { self >= Self(2023, 2) }
    /// 202305, commit 82c1aa87f9: ECAM at 0xe0000000 leaves q35 a larger aperture below it.
    package var hasHighECAM: Bool { self >= Self(2023, 5) }
    /// 202308, commit c1e8537690: Linux has trouble with more. From 202405 on (adebfe121c) 5-level paging allows 48, but only
    /// in builds with `PcdUse5LevelPageTable`, which upstream's are not.
    package var addressBitsLimit: Int { self >= Self(2023, 8) ? 46 : 47 }
    /// 202408, commit 603ad2d6ae: a width for guests that CPUID tells is believed, whatever processor it is, and limits the
    /// other one.
    package var readsGuestPhysicalBits: Bool { self >= Self(2024, 8) }
    /// Before 202308, commits 27727338b2 and 638dfb4135: from then on ports only where they are asked for, 4 KiB at
    /// least.
    package var padsPorts: Bool { self < Self(2023, 8) }
    /// 202505, commit 9ac1704af6: the size that users set wins over the dynamic window.
    package var honoursRequestedSize: Bool { self >= Self(2025, 5) }
    /// 202602 alone, commits f6489621b8 and (taking it back) defbd14d63: behind a bridge with a wide prefetchable window
    /// a 64-bit BAR that is not prefetchable goes into that window, not below 4 GiB.
    package var takesAllWideForPrefetchable: Bool { self >= Self(2026, 2) && self < Self(2026, 5) }
    /// Before 202602, commit b220ba807e: bus numbers start again at 0 behind 255.
    package var wrapsBusNumbers: Bool { self < Self(2026, 2) }
}

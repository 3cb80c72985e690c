/// A release of the Linux kernel: `6.1`, `6.12.117`, and what a distribution put into it.
public struct LinuxRelease: Release {
    /// The first number.
    public let major: Int
    /// The second number; with the first it names the series.
    public let minor: Int
    /// Of a stable release; 0 for the first of a series, which is named by two numbers.
    public let patch: Int
    /// A distribution put commit 4453f360862e (6.14) into an older kernel: all BARs of a function are sized
    /// with one interruption of decode.
    public let hasBatchedSizing: Bool

    /// For comparisons with a release that changed something; what people name is read.
    public init(_ major: Int, _ minor: Int, _ patch: Int = 0, hasBatchedSizing: Bool = false) {
        self.major = major
        self.minor = minor
        self.patch = patch
        self.hasBatchedSizing = hasBatchedSizing
    }

    /// Reads `6.1`, `6.12.117`, `6.8+batched-sizing`, whether or not there is such a release.
    public init?(grammar text: String) {
        let isBatched = text.hasSuffix(Self.batchedSuffix)
        let name = isBatched ? text.dropLast(Self.batchedSuffix.count) : text[...]
        guard let numbers = ReleaseNumbers.read(name, count: 2...3) else { return nil }
        self.init(numbers[0], numbers[1], numbers.count == 3 ? numbers[2] : 0, hasBatchedSizing: isBatched)
    }

    private static let batchedSuffix = "+batched-sizing"

    /// As its makers write it.
    public static let product = "Linux"
    /// All three numbers.
    public var numbers: [Int] { [major, minor, patch] }
    /// `6.1`, `6.12.117`, `6.8+batched-sizing`
    public var description: String {
        "\(major).\(minor)\(patch == 0 ? "" : ".\(patch)")\(hasBatchedSizing ? Self.batchedSuffix : "")"
    }
    /// Earlier releases first; of equal ones that without batched sizing.
    public static func < (a: Self, b: Self) -> Bool {
        let (left, right) = ((a.major, a.minor, a.patch), (b.major, b.minor, b.patch))
        return left == right ? !a.hasBatchedSizing && b.hasBatchedSizing : left < right
    }

    /// The first of each series, from 4.6 on, the first kernel whose vfio offers an IGD's regions.
    public static let known: [Self] = [4: 6...20, 5: 0...19, 6: 0...19, 7: 0...2].flatMap { major, minors in
        minors.map { Self(major, $0) }
    }.sorted()
    /// Those of Debian 12, Debian 13 and unstable of November 2026.
    public static let measured = [Self(6, 1), Self(6, 12), Self(7, 2)]

    /// Whether its series is in the table; stable releases come weekly.
    public var isKnown: Bool { Self.known.contains(series) }
    /// Whether predictions for its series were held against recorded runs.
    public var isMeasured: Bool { !hasBatchedSizing && Self.measured.contains { $0.series == series } }
    /// The first release of its series.
    package var series: Self { Self(major, minor) }
}

// MARK: Capabilities

extension LinuxRelease {
    /// Decode goes off once for all BARs of a function: by its number, or by what it was given.
    package var batchesSizing: Bool { hasBatchedSizing || self >= Self(6, 14) }
    /// A window that does not fit into the one above it is packed more tightly (6.11, commit 566f1dd52816).
    package var relaxesWindowTails: Bool { self >= Self(6, 11) && !sizesWindowsExactly }
    /// Where it is packed more tightly, what it would like on top has no alignment of its own any more: a mistake that
    /// commit d06cc1e38090 took out (6.15, and the stable releases 6.12.23, 6.13.11 and 6.14.2).
    package var losesAddedAlignment: Bool {
        switch (major, minor) {
        case (6, 11): true
        case (6, 12): patch < 23
        case (6, 13): patch < 11
        case (6, 14): patch < 2
        default: false
        }
    }
    /// What is only nice to have, disabled ROMs among it, takes no part in the size that a window has to have (6.15,
    /// commits 67f9085596ee, 96336ec70264, 2499f5348431).
    package var hasOptionalResources: Bool { self >= Self(6, 15) }
    /// Closed windows keep their type, and each resource has one window that it belongs to (6.18, commits
    /// 8278c6914306, 2ee33aa14d3f, 74afce3dfcba).
    package var selectsWindows: Bool { self >= Self(6, 18) }
    /// Windows are as large as what is in them, in whatever order it fits (7.0, and the stable releases 6.18.14 and
    /// 6.19.4; commits f909e3ee3ed1, bc75c8e50711, 3958bf16e2fe).
    package var sizesWindowsExactly: Bool {
        switch (major, minor) {
        case (6, 18): patch >= 14
        case (6, 19): patch >= 4
        default: self >= Self(7, 0)
        }
    }
    /// A window that nothing has to be in is optional itself (7.0, `pci_resource_is_optional`).
    package var hasOptionalWindows: Bool { self >= Self(7, 0) }
    /// What windows on other buses may have on top survives, and only what fills a gap counts towards filling it (7.1, and the stable
    /// releases 6.18.33 and 7.0.10; commits 1ee4716a5a28, 8cb081667377).
    package var keepsAdditionsElsewhere: Bool {
        switch (major, minor) {
        case (6, 18): patch >= 33
        case (7, 0): patch >= 10
        default: self >= Self(7, 1)
        }
    }
    /// A window is never made smaller than what has to be in it (7.1, and the stable release 7.0.10; commit
    /// dc4b4d04e1ca).
    package var keepsRequiredSize: Bool { self >= Self(7, 1) || (major, minor) == (7, 0) && patch >= 10 }
    /// What is left of a window beyond multiples of its alignment goes before the first one where there is room (7.1,
    /// commit 38cf68ca3c44).
    package var fillsHeadOfWindows: Bool { self >= Self(7, 1) }
    /// `virtio_pci` is no module but built in, and takes its functions while the kernel starts: so in Debian's 6.12 and 7.2, not
    /// in its 6.1 (`CONFIG_VIRTIO_PCI`); those between count as 6.1.
    package var hasBuiltInVirtio: Bool { self >= Self(6, 12) }
    /// Its xe driver takes the display of integrated graphics (6.8).
    package var hasXe: Bool { self >= Self(6, 8) }
}

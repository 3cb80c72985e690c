/// The kinds of firmware that are modelled.
public struct FirmwareKind: Hashable, Sendable, CaseIterable, RawRepresentable {
    /// Who tells what the kind is, and reads its releases.
    package let releases: any FirmwareRelease.Type

    package init(_ releases: any FirmwareRelease.Type) { self.releases = releases }

    /// Every kind, in the order of lists. A new one is a folder beside this file and its name here; what it does to a guest is a
    /// folder of `BerthBoot` and its name in `FirmwareModels`. Nobody else lists the kinds: who needs one asks for a trait.
    public static let allCases: [FirmwareKind] = [.seabios, .ovmf]

    /// The kind of a name; nil for another name.
    public init?(rawValue: String) {
        guard let kind = Self.allCases.first(where: { $0.rawValue == rawValue }) else { return nil }
        self = kind
    }

    /// As files and arguments have it: `ovmf`.
    public var rawValue: String { releases.kindName }

    /// Whether both are the same kind.
    public static func == (a: Self, b: Self) -> Bool { a.releases == b.releases }

    /// By what makes kinds equal.
    public func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(releases)) }

    /// What QEMU starts where no image is named.
    package static let standard = FirmwareKind.seabios

    package var traits: FirmwareTraits { releases.traits }
    package var title: String { releases.product }
    package var isUEFI: Bool { traits.isUEFI }
    package var readsIGDFiles: Bool { traits.readsIGDFiles }

    /// The release that QEMU's own tree has; nil for a kind that comes in a package of its own.
    package func shipped(with qemu: QEMURelease) -> FirmwareChoice? {
        releases.shipped(with: qemu).map { FirmwareChoice($0) }
    }

    /// Where a stack names no release of the kind.
    package var assumed: FirmwareChoice { FirmwareChoice(releases.assumed) }

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
    /// What it writes to the debug port; nil for one that shows nothing but its writes to configuration space.
    package var log: DebugLog?
    /// Packages that bring it, as distributions name them; the first one that is installed counts.
    package var packages: [String]

    /// Images for `pflash`, as Debian installs them.
    package struct Flash: Hashable, Sendable {
        package var code: String
        /// The template of the variables.
        package var variables: String
        package var package: String
    }

    /// What stands in the log of a firmware.
    package struct DebugLog: Hashable, Sendable {
        /// Before the release, which ends at a bracket.
        package var release: String
        /// The line before the memory map.
        package var memoryMap: String
        /// Before the name of what it is out of, when it stops for good.
        package var outOf: String
        /// Written at every bus that it numbers.
        package var numbering: String
        /// What is said here of a firmware that numbers buses for ever, because it says nothing.
        package var endlessNumbering: String
        /// The last words before an operating system starts.
        package var done: [String]
    }
}

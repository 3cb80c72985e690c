package import BerthDiagnostics

/// A release of a kind of firmware; the type is what there is to know of the kind.
package protocol FirmwareRelease: Release {
    /// As files and arguments have the kind: `ovmf`.
    static var kindName: String { get }
    static var traits: FirmwareTraits { get }
    /// Where a stack names no release of the kind.
    static var assumed: Self { get }
    /// The release that QEMU's own tree has; nil for a kind that comes in a package of its own.
    static func shipped(with qemu: QEMURelease) -> Self?
    /// The release that a distribution's package of this version holds, whether or not it is known. Nil for what is none.
    init?(package version: PackageVersion)
    /// The memory-mapped configuration space of q35 lies at 0xe0000000, not at 0xb0000000.
    var hasHighECAM: Bool { get }
    /// What somebody can set so that it keeps 64-bit BARs below 4 GiB. Nil where it listens to nothing, or needs nothing.
    var lowBARSetting: LowBARSetting? { get }
}

extension FirmwareRelease {
    package static func shipped(with qemu: QEMURelease) -> Self? { nil }
    package var hasHighECAM: Bool { false }
    package var lowBARSetting: LowBARSetting? { nil }

    /// Whether another one is the same release of the same kind.
    func isEqual(to other: any FirmwareRelease) -> Bool { other as? Self == self }
}

/// What keeps 64-bit BARs below 4 GiB.
package enum LowBARSetting: Hashable, Sendable {
    /// A fw_cfg file with this text, and what comes of it.
    case file(name: String, text: String, effect: Statement)
    /// A processor without long mode, which only 32-bit guests can do with.
    case noLongMode
}

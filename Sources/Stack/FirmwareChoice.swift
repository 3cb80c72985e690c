/// Which firmware a guest boots with, and which release of it.
public enum FirmwareChoice: Hashable, Sendable, CustomStringConvertible {
    /// A BIOS.
    case seabios(SeaBIOSRelease)
    /// A UEFI firmware.
    case ovmf(OVMFRelease)

    /// The release that a stack has of a kind.
    public init(_ kind: FirmwareKind, of stack: Stack = .standard) {
        switch kind {
        case .seabios: self = .seabios(stack.seabios)
        case .ovmf: self = .ovmf(stack.ovmf)
        }
    }

    /// Reads `seabios`, `ovmf`, which are those of the stack, and `seabios:1.16.2`.
    ///
    /// Errors: another kind, and a release that is not known.
    public static func parse(_ text: String, of stack: Stack = .standard) throws(UnknownName) -> Self {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard let kind = FirmwareKind(rawValue: parts[0]) else {
            throw UnknownName(
                text, notOneOf: FirmwareKind.allCases.flatMap { [$0.rawValue, "\($0.rawValue):RELEASE"] })
        }
        guard parts.count == 2 else { return Self(kind, of: stack) }
        return switch kind {
        case .seabios: .seabios(try SeaBIOSRelease.parse(parts[1]))
        case .ovmf: .ovmf(try OVMFRelease.parse(parts[1]))
        }
    }

    /// The same; nil for what is none.
    public init?(_ text: String, of stack: Stack = .standard) {
        guard let choice = try? Self.parse(text, of: stack) else { return nil }
        self = choice
    }

    /// Which firmware it is.
    public var kind: FirmwareKind {
        switch self {
        case .seabios: .seabios
        case .ovmf: .ovmf
        }
    }

    /// The memory-mapped configuration space of q35 lies at 0xe0000000, not at 0xb0000000.
    package var hasHighECAM: Bool {
        switch self {
        case .seabios: false
        case .ovmf(let release): release.hasHighECAM
        }
    }

    /// What somebody can set so that it keeps 64-bit BARs below 4 GiB.
    package enum LowBARSetting: Hashable, Sendable, CaseIterable {
        /// The fw_cfg file `opt/org.seabios/pci64`, with `off`.
        case pci64File
        /// The fw_cfg file `opt/ovmf/X-PciMmio64Mb`, with `0`.
        case windowSizeFile
        /// A processor without long mode, which only 32-bit guests can do with.
        case noLongMode
    }

    /// Nil where it listens to nothing, or needs nothing.
    package var lowBARSetting: LowBARSetting? {
        switch self {
        case .seabios(let release):
            release.readsPCI64File ? .pci64File : release.asksAddressWidth ? .noLongMode : nil
        case .ovmf(let release): release.honoursRequestedSize ? .windowSizeFile : nil
        }
    }

    private var release: any Release {
        switch self {
        case .seabios(let release): release
        case .ovmf(let release): release
        }
    }

    /// The release as its makers write it: `1.16.2`, `2022.11`.
    public var version: String { release.description }
    /// Whether predictions for the release were held against recorded runs.
    public var isMeasured: Bool { release.isMeasured }
    /// `seabios:1.16.2`
    public var description: String { "\(kind.rawValue):\(version)" }

    /// The releases of a kind that can be chosen, oldest first.
    package static func versions(_ kind: FirmwareKind) -> [String] {
        switch kind {
        case .seabios: SeaBIOSRelease.known.map(\.description)
        case .ovmf: OVMFRelease.known.map(\.description)
        }
    }

    /// What `init(_:)` reads, for messages.
    package static var knownNames: [String] {
        FirmwareKind.allCases.flatMap { kind in [kind.rawValue] + versions(kind).map { "\(kind.rawValue):\($0)" } }
    }
}

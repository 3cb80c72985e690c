/// Which firmware a guest boots with, and which release of it.
public struct FirmwareChoice: Hashable, Sendable, CustomStringConvertible {
    package let release: any FirmwareRelease

    package init(_ release: any FirmwareRelease) { self.release = release }

    /// The release that a stack has of a kind.
    public init(_ kind: FirmwareKind, of stack: Stack = .standard) { self = stack[kind] }

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
        return try parse(parts[1], kind)
    }

    /// Reads a release of a kind: `1.16.2`.
    package static func parse(_ release: String, _ kind: FirmwareKind) throws(UnknownName) -> Self {
        Self(try kind.releases.parse(release))
    }

    /// The same; nil for what is none.
    public init?(_ text: String, of stack: Stack = .standard) {
        guard let choice = try? Self.parse(text, of: stack) else { return nil }
        self = choice
    }

    /// Whether both are the same release of the same kind.
    public static func == (a: Self, b: Self) -> Bool { a.release.isEqual(to: b.release) }

    /// By kind and release.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(kind)
        release.hash(into: &hasher)
    }

    /// Which firmware it is.
    public var kind: FirmwareKind { FirmwareKind(type(of: release)) }

    package var hasHighECAM: Bool { release.hasHighECAM }
    package var lowBARSetting: LowBARSetting? { release.lowBARSetting }

    /// The release as its makers write it: `1.16.2`, `2022.11`.
    public var version: String { release.description }
    /// Whether predictions for the release were held against recorded runs.
    public var isMeasured: Bool { release.isMeasured }
    /// `seabios:1.16.2`
    public var description: String { "\(kind.rawValue):\(version)" }

    /// The releases of a kind that can be chosen, oldest first.
    package static func versions(_ kind: FirmwareKind) -> [String] { versions(kind.releases) }

    private static func versions<R: FirmwareRelease>(_ releases: R.Type) -> [String] { R.known.map(\.description) }

    /// What `init(_:)` reads, for messages.
    package static var knownNames: [String] {
        FirmwareKind.allCases.flatMap { kind in [kind.rawValue] + versions(kind).map { "\(kind.rawValue):\($0)" } }
    }
}

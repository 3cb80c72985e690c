public import BerthStack

/// What runs after the firmware.
public enum GuestOS: Hashable, Sendable, CustomStringConvertible {
    /// Nothing: the guest stays in its firmware.
    case firmwareOnly
    /// A Linux with this kernel.
    case linux(LinuxRelease)
    /// Windows 10 or 11.
    case windows(Int)

    /// Reads `firmware-only`, `linux-6.1`, `windows-10`, `windows-11`.
    ///
    /// Errors: anything else, and a Linux that is not known.
    public static func parse(_ text: String) throws(UnknownName) -> GuestOS {
        if let guest = GuestOS(text) { return guest }
        if text.hasPrefix("linux-") { _ = try LinuxRelease.parse(String(text.dropFirst("linux-".count))) }
        throw UnknownName(text, notOneOf: knownNames)
    }

    /// The same; nil for what is none.
    public init?(_ text: String) {
        let parts = text.split(separator: "-", maxSplits: 1).map(String.init)
        switch (parts.first, parts.count) {
        case ("firmware", 2) where parts[1] == "only": self = .firmwareOnly
        case ("linux", 2):
            guard let release = LinuxRelease(parts[1]) else { return nil }
            self = .linux(release)
        case ("windows", 2) where parts[1] == "10": self = .windows(10)
        case ("windows", 2) where parts[1] == "11": self = .windows(11)
        default: return nil
        }
    }

    /// The Windows of a guest that is known to run one: 11 is not installed without a TPM.
    package static func likelyWindows(hasTPM: Bool) -> GuestOS { .windows(hasTPM ? 11 : 10) }

    /// What is said of a guest that gives macOS away: how its drivers find the memory, nobody has told.
    package static func macOS(sign: String, takenFor guest: GuestOS) -> String {
        "\(sign): the guest is macOS, which is not modelled; what depends on the guest's OS is said of \(guest)"
    }

    /// As `init(_:)` reads it.
    public var description: String {
        switch self {
        case .firmwareOnly: "firmware-only"
        case .linux(let version): "linux-\(version)"
        case .windows(let version): "windows-\(version)"
        }
    }

    package var isLinux: Bool { if case .linux = self { true } else { false } }
    package var isWindows: Bool { if case .windows = self { true } else { false } }

    /// What `init(_:)` reads, for messages.
    package static let knownNames = ["firmware-only", "linux-6.1", "linux-VERSION", "windows-10", "windows-11"]
}

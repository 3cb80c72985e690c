package import BerthStack

/// What runs after the firmware.
package enum GuestOS: Hashable, Sendable, CustomStringConvertible {
    /// Nothing: the guest stays in its firmware.
    case firmwareOnly
    case linux(LinuxRelease)
    case windows(Int)

    /// Reads `firmware-only`, `linux-6.1`, `windows-10`, `windows-11`. Nil for anything else, and for a Linux that is
    /// not known.
    package init?(_ text: String) {
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

    package var description: String {
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

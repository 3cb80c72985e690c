/// What runs after the firmware.
public enum GuestOS: Hashable, Sendable, CustomStringConvertible {
    /// Nothing: the guest stays in its firmware.
    case firmwareOnly
    case linux(Version)
    case windows(Int)

    /// A Linux kernel release.
    public struct Version: Hashable, Sendable, Comparable, CustomStringConvertible {
        public var major: Int
        public var minor: Int
        public init(_ major: Int, _ minor: Int) {
            self.major = major
            self.minor = minor
        }
        public var description: String { "\(major).\(minor)" }
        public static func < (a: Version, b: Version) -> Bool { (a.major, a.minor) < (b.major, b.minor) }
    }

    /// Reads `firmware-only`, `linux-6.1`, `windows-10`, `windows-11`. Nil for anything else; Linux from
    /// 4.6 on, the first kernel whose vfio offers an IGD's regions.
    public init?(_ text: String) {
        let parts = text.split(separator: "-", maxSplits: 1).map(String.init)
        switch (parts.first, parts.count) {
        case ("firmware", 2) where parts[1] == "only": self = .firmwareOnly
        case ("linux", 2):
            guard let version = QEMUVersion(parts[1]), version >= QEMUVersion(4, 6) else { return nil }
            self = .linux(Version(version.major, version.minor))
        case ("windows", 2) where parts[1] == "10": self = .windows(10)
        case ("windows", 2) where parts[1] == "11": self = .windows(11)
        default: return nil
        }
    }

    public var description: String {
        switch self {
        case .firmwareOnly: "firmware-only"
        case .linux(let version): "linux-\(version)"
        case .windows(let version): "windows-\(version)"
        }
    }

    public var isLinux: Bool { if case .linux = self { true } else { false } }
    public var isWindows: Bool { if case .windows = self { true } else { false } }

    /// What `init(_:)` reads, for messages.
    public static let knownNames = ["firmware-only", "linux-6.1", "linux-VERSION", "windows-10", "windows-11"]
}

/// What runs after the firmware.
package enum GuestOS: Hashable, Sendable, CustomStringConvertible {
    /// Nothing: the guest stays in its firmware.
    case firmwareOnly
    case linux(Version)
    case windows(Int)

    /// A Linux kernel release.
    package struct Version: Hashable, Sendable, Comparable, CustomStringConvertible {
        package var major: Int
        package var minor: Int
        /// A distribution put commit 4453f360862e (6.14) into an older kernel: all BARs of a function are sized
        /// with one interruption of decode.
        package var hasBatchedSizing: Bool
        package init(_ major: Int, _ minor: Int, hasBatchedSizing: Bool = false) {
            self.major = major
            self.minor = minor
            self.hasBatchedSizing = hasBatchedSizing
        }
        /// Either by its number or by what it was given.
        package var batchesSizing: Bool { hasBatchedSizing || self >= Version(6, 14) }
        package var description: String { "\(major).\(minor)\(hasBatchedSizing ? Self.batchedSuffix : "")" }
        static let batchedSuffix = "+batched-sizing"
        package static func < (a: Version, b: Version) -> Bool { (a.major, a.minor) < (b.major, b.minor) }
    }

    /// Reads `firmware-only`, `linux-6.1`, `windows-10`, `windows-11`. Nil for anything else; Linux from
    /// 4.6 on, the first kernel whose vfio offers an IGD's regions.
    package init?(_ text: String) {
        let parts = text.split(separator: "-", maxSplits: 1).map(String.init)
        switch (parts.first, parts.count) {
        case ("firmware", 2) where parts[1] == "only": self = .firmwareOnly
        case ("linux", 2):
            let isBatched = parts[1].hasSuffix(Version.batchedSuffix)
            let number = isBatched ? String(parts[1].dropLast(Version.batchedSuffix.count)) : parts[1]
            guard let version = QEMUVersion(number), version >= QEMUVersion(4, 6) else { return nil }
            self = .linux(Version(version.major, version.minor, hasBatchedSizing: isBatched))
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

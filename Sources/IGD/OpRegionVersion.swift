/// The version of an OpRegion, from the dword at 0x14: revision in byte 1, minor in byte 2, major in byte 3.
public struct OpRegionVersion: Hashable, Sendable, Comparable, CustomStringConvertible {
    public var major: UInt8
    public var minor: UInt8
    public var revision: UInt8

    public init(major: UInt8, minor: UInt8, revision: UInt8 = 0) {
        self.major = major
        self.minor = minor
        self.revision = revision
    }

    public init(raw: UInt32) {
        major = UInt8(raw >> 24)
        minor = UInt8(raw >> 16 & 0xff)
        revision = UInt8(raw >> 8 & 0xff)
    }

    public static func < (a: Self, b: Self) -> Bool { (a.major, a.minor, a.revision) < (b.major, b.minor, b.revision) }
    public var description: String { "\(major).\(minor)" }
}

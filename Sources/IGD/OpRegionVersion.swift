/// The version of an OpRegion, from the dword at 0x14: revision in byte 1, minor in byte 2, major in byte 3.
package struct OpRegionVersion: Hashable, Sendable, Comparable, CustomStringConvertible {
    package var major: UInt8
    package var minor: UInt8
    package var revision: UInt8

    package init(major: UInt8, minor: UInt8, revision: UInt8 = 0) {
        self.major = major
        self.minor = minor
        self.revision = revision
    }

    package init(raw: UInt32) {
        major = UInt8(raw >> 24)
        minor = UInt8(raw >> 16 & 0xff)
        revision = UInt8(raw >> 8 & 0xff)
    }

    package static func < (a: Self, b: Self) -> Bool { (a.major, a.minor, a.revision) < (b.major, b.minor, b.revision) }
    package var description: String { "\(major).\(minor)" }
}

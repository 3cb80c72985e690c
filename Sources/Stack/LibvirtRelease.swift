/// A libvirt release. The third number is 0 in nearly all of them, and nothing here depends on it.
package struct LibvirtRelease: Release {
    package let major: Int
    package let minor: Int

    package init(_ major: Int, _ minor: Int) {
        self.major = major
        self.minor = minor
    }

    /// Reads `9.0` and `9.0.0`.
    package init?(grammar text: String) {
        guard let numbers = ReleaseNumbers.read(text, count: 2...3) else { return nil }
        self.init(numbers[0], numbers[1])
    }

    package static let product = "libvirt"
    package var numbers: [Int] { [major, minor] }
    package var description: String { "\(major).\(minor).0" }
    package static func < (a: Self, b: Self) -> Bool { (a.major, a.minor) < (b.major, b.minor) }

    /// Ten or eleven a year, the first number being the year's.
    package static let known: [Self] = [9: 0...10, 10: 0...10, 11: 0...10, 12: 0...8].flatMap { major, minors in
        minors.map { Self(major, $0) }
    }.sorted()
    package static let measured = [Self(9, 0)]
}

/// A libvirt release.
///
/// The third number is 0 in nearly all of them, and nothing here depends on it.
public struct LibvirtRelease: Release {
    /// The first number, which is the year's.
    public let major: Int
    /// The second number.
    public let minor: Int

    /// For comparisons with a release that changed something; what people name is read.
    public init(_ major: Int, _ minor: Int) {
        self.major = major
        self.minor = minor
    }

    /// Reads `9.0` and `9.0.0`, whether or not there is such a release.
    public init?(grammar text: String) {
        guard let numbers = ReleaseNumbers.read(text, count: 2...3) else { return nil }
        self.init(numbers[0], numbers[1])
    }

    /// As its makers write it.
    public static let product = "libvirt"
    /// Both numbers.
    public var numbers: [Int] { [major, minor] }
    /// `9.0.0`
    public var description: String { "\(major).\(minor).0" }
    /// Earlier releases first.
    public static func < (a: Self, b: Self) -> Bool { (a.major, a.minor) < (b.major, b.minor) }

    /// Ten or eleven a year, the first number being the year's, from 9.0 on; and 8.0, which Ubuntu 22.04 has.
    public static let known: [Self] = [8: 0...0, 9: 0...10, 10: 0...10, 11: 0...10, 12: 0...8].flatMap {
        major, minors in
        minors.map { Self(major, $0) }
    }.sorted()
    /// Those that recordings were made with.
    public static let measured = [Self(9, 0), Self(11, 3), Self(12, 8)]
    /// What is taken where nobody says and nothing is installed.
    public static var newestMeasured: Self { measured.max() ?? Self(9, 0) }
}

/// A QEMU release, by its first two numbers.
package struct QEMUVersion: Hashable, Sendable, Comparable, CustomStringConvertible, LosslessStringConvertible {
    package var major: Int
    package var minor: Int

    package init(_ major: Int, _ minor: Int) {
        self.major = major
        self.minor = minor
    }

    /// Reads `7.2` and `7.2.22`; the third number never changes what is modelled here.
    package init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard (2...3).contains(parts.count) else { return nil }
        let numbers = parts.compactMap { part in
            (1...3).contains(part.utf8.count) && part.allSatisfy { $0.isASCII && $0.isNumber } ? Int(part) : nil
        }
        guard numbers.count == parts.count else { return nil }
        self.init(numbers[0], numbers[1])
    }

    /// The version everything measured here was measured with (Debian 12).
    package static let measured = QEMUVersion(7, 2)

    package var description: String { "\(major).\(minor)" }
    package static func < (a: QEMUVersion, b: QEMUVersion) -> Bool { (a.major, a.minor) < (b.major, b.minor) }

    /// Which behaviour of vfio-pci's IGD code this release has; nil before 2.7, which has none.
    package var igdEra: QEMUEra? {
        if self < QEMUVersion(2, 7) { return nil }
        if self < QEMUVersion(9, 2) { return .v2_7 }
        if self < QEMUVersion(10, 0) { return .v9_2 }
        if self < QEMUVersion(10, 1) { return .v10_0 }
        return .v10_1
    }
}

/// The four behaviours of QEMU's IGD code, each named by its first release.
///
/// Source: `hw/vfio/igd.c` of the four states listed in docs/sources.md under Q-old, Q-9.2, Q-10.0, Q-10.2.
package enum QEMUEra: String, Hashable, Sendable, CaseIterable, Comparable {
    case v2_7 = "2.7 to 9.1"
    case v9_2 = "9.2"
    case v10_0 = "10.0"
    case v10_1 = "10.1 and later"

    package static func < (a: QEMUEra, b: QEMUEra) -> Bool { a.order < b.order }
    private var order: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

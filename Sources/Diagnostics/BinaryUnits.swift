/// Text of numbers of bytes, in powers of 1024.
package enum BinaryUnits {
    private static let all: [(shift: UInt64, name: String)] = [
        (50, "PiB"), (40, "TiB"), (30, "GiB"), (20, "MiB"), (10, "KiB"),
    ]

    /// The largest unit that divides the number: `64 MiB`, `96 KiB`, `17 B`.
    package static func exact(_ bytes: UInt64) -> String {
        if bytes > 0 {
            for (shift, name) in all where bytes.trailingZeroBitCount >= shift { return "\(bytes >> shift) \(name)" }
        }
        return "\(bytes) B"
    }

    /// For sums that no unit divides: two decimals of the largest unit from MiB to TiB, `about 2.27 GiB`; exact where it
    /// can be.
    package static func approximate(_ bytes: UInt64) -> String {
        for (shift, name) in all.dropFirst().dropLast()
        where bytes >= 1 << shift && bytes.trailingZeroBitCount < shift {
            let hundredths = ((bytes >> (shift - 10)) * 100) >> 10
            return "about \(hundredths / 100).\(hundredths / 10 % 10)\(hundredths % 10) \(name)"
        }
        return exact(bytes)
    }
}

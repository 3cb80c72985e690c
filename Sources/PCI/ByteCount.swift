import BerthDiagnostics

/// A number of bytes: of a BAR, a window, memory.
///
/// No arithmetic on it traps, because the numbers come from outside: sums stay at the largest number, differences at zero.
/// Such a size is larger than any limit it is compared with, so whoever checks sizes refuses it.
public struct ByteCount: RawRepresentable, Hashable, Sendable, Comparable, CustomStringConvertible,
    LosslessStringConvertible, ExpressibleByIntegerLiteral
{
    /// The number of bytes.
    public package(set) var rawValue: UInt64

    /// The number of bytes.
    public init(rawValue: UInt64) { self.rawValue = rawValue }

    /// The number of bytes.
    public init(_ bytes: UInt64) { rawValue = bytes }

    /// The number of bytes.
    public init(integerLiteral value: UInt64) { rawValue = value }

    /// No bytes at all.
    public static let zero = ByteCount(0)

    /// Multiples of 1,024 bytes; the largest number where 64 bits do not hold it.
    public static func kib(_ n: UInt64) -> ByteCount { ByteCount(1 << 10).multiplied(by: n) ?? largest }

    /// Multiples of 1,024² bytes; the largest number where 64 bits do not hold it.
    public static func mib(_ n: UInt64) -> ByteCount { ByteCount(1 << 20).multiplied(by: n) ?? largest }

    /// Multiples of 1,024³ bytes; the largest number where 64 bits do not hold it.
    public static func gib(_ n: UInt64) -> ByteCount { ByteCount(1 << 30).multiplied(by: n) ?? largest }

    /// 2^64 - 1, which nothing has.
    package static let largest = ByteCount(.max)

    /// Reads `4096`, `0x1000`, `64MiB`, `64M`, `8 KiB`, `1G`; units are powers of 1024, as QEMU takes them.
    ///
    /// Nil for anything else: fractions, signs, decimal units (`MB`), numbers beyond 64 bits.
    public init?(_ text: String) {
        let trimmed = text.filter { $0 != " " }
        let digits = trimmed.hasPrefix("0x") ? 2 : 0
        let body = trimmed.dropFirst(digits)
        let isDigit: (Character) -> Bool = { digits == 2 ? $0.isHexDigit : $0.isASCII && $0.isNumber }
        let number = body.prefix(while: isDigit)
        guard let value = UInt64(number, radix: digits == 2 ? 16 : 10),
            let shift = Self.shifts[String(body.dropFirst(number.count))]
        else { return nil }
        let (high, low) = value.multipliedFullWidth(by: 1 << shift)
        guard high == 0 else { return nil }
        rawValue = UInt64(low)
    }

    private static let shifts: [String: UInt64] = [
        "": 0, "B": 0, "K": 10, "KiB": 10, "k": 10, "M": 20, "MiB": 20, "m": 20, "G": 30, "GiB": 30, "g": 30,
        "T": 40, "TiB": 40, "t": 40, "P": 50, "PiB": 50, "p": 50,
    ]

    /// Fewer bytes before more.
    public static func < (a: ByteCount, b: ByteCount) -> Bool { a.rawValue < b.rawValue }
    package static func + (a: ByteCount, b: ByteCount) -> ByteCount { a.adding(b) ?? largest }
    package static func - (a: ByteCount, b: ByteCount) -> ByteCount { a.subtracting(b) ?? zero }

    /// The exact sum; nil beyond 64 bits.
    package func adding(_ other: ByteCount) -> ByteCount? {
        let (sum, overflows) = rawValue.addingReportingOverflow(other.rawValue)
        return overflows ? nil : ByteCount(sum)
    }

    /// The exact difference; nil below zero.
    package func subtracting(_ other: ByteCount) -> ByteCount? {
        let (difference, overflows) = rawValue.subtractingReportingOverflow(other.rawValue)
        return overflows ? nil : ByteCount(difference)
    }

    /// The exact product; nil beyond 64 bits.
    package func multiplied(by count: UInt64) -> ByteCount? {
        let (product, overflows) = rawValue.multipliedReportingOverflow(by: count)
        return overflows ? nil : ByteCount(product)
    }

    package var isPowerOfTwo: Bool { rawValue.nonzeroBitCount == 1 }

    /// The next power of two at or above this, at least 1; nil beyond 2^63.
    package var roundedUpToPowerOfTwo: ByteCount? {
        if rawValue <= 1 { return ByteCount(1) }
        let bits = UInt64.bitWidth - (rawValue - 1).leadingZeroBitCount
        return bits < 64 ? ByteCount(1 << UInt64(bits)) : nil
    }

    /// The largest binary unit that divides the number: `64 MiB`, `96 KiB`, `17 B`.
    public var description: String { BinaryUnits.exact(rawValue) }

    /// For sums that no unit divides: two decimals, `about 2.27 GiB`; exact where it can be.
    package var approximate: String { BinaryUnits.approximate(rawValue) }

    /// As QEMU's command line and our files write it: `64M`, `16K`, `17`.
    package var qemuText: String {
        let text = description
        guard let space = text.firstIndex(of: " ") else { return text }
        let unit = text[text.index(after: space)...].first.map(String.init) ?? ""
        return text[..<space] + (unit == "B" ? "" : unit)
    }
}

/// Rounding to powers of two: one home for it, with one overflow rule (nil).
package enum Alignment {
    /// The least multiple of `alignment` (a power of two, or 0 for none) at or above `value`; nil past 2^64.
    @inlinable
    package static func up(_ value: UInt64, to alignment: UInt64) -> UInt64? {
        guard alignment > 0 else { return value }
        let (sum, overflow) = value.addingReportingOverflow(alignment - 1)
        return overflow ? nil : sum & ~(alignment - 1)
    }

    /// The greatest multiple of `alignment` (a power of two, or 0 for none) at or below `value`.
    @inlinable
    package static func down(_ value: UInt64, to alignment: UInt64) -> UInt64 {
        alignment > 0 ? value & ~(alignment - 1) : value
    }

    /// The greatest power of two at or below `value`; 0 for 0.
    package static func powerOfTwoFloor(_ value: UInt64) -> UInt64 {
        value == 0 ? 0 : 1 << UInt64(63 - value.leadingZeroBitCount)
    }
}

extension ByteCount {
    /// The next multiple of `unit`, itself where that is zero; saturates at the largest multiple.
    package func roundedUp(to unit: ByteCount) -> ByteCount {
        guard unit > .zero else { return self }
        let (sum, overflows) = rawValue.addingReportingOverflow(unit.rawValue - 1)
        return ByteCount((overflows ? .max : sum) / unit.rawValue * unit.rawValue)
    }
}

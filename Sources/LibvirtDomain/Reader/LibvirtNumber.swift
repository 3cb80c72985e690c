/// Numbers as libvirt reads them, which is as C's `strtol` and `strtoul` do: leading white space and a plus sign
/// are passed over, base 0 takes `0x` for hexadecimal and a leading zero for octal, and nothing may follow.
///
/// Source: `virStrToLong_i` and `virStrToLong_uip` in src/util/virstring.c @ 9.0.0.
package enum LibvirtNumber {
    /// 32 bits without a sign; nil for everything else, `-0` included.
    package static func unsigned(_ text: String, base: Int = 0) -> UInt32? {
        guard let (isNegative, value) = parse(text, base: base), !isNegative else { return nil }
        return UInt32(exactly: value)
    }

    /// 32 bits with a sign.
    /// The same with 64 bits: an address of the guest.
    package static func unsigned64(_ text: String, base: Int = 0) -> UInt64? {
        parse(text, base: base).flatMap { $0.isNegative ? nil : $0.value }
    }

    package static func signed(_ text: String, base: Int = 0) -> Int32? {
        guard let (isNegative, value) = parse(text, base: base), value <= 1 << 31 else { return nil }
        return Int32(exactly: isNegative ? -Int64(value) : Int64(value))
    }

    private static func parse(_ text: String, base: Int) -> (isNegative: Bool, value: UInt64)? {
        var rest = text.utf8.drop { $0 == 0x20 || (0x09...0x0d).contains($0) }
        var isNegative = false
        if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") {
            isNegative = rest.first == UInt8(ascii: "-")
            rest = rest.dropFirst()
        }
        var radix = UInt64(base == 0 ? 10 : base)
        if base == 0, rest.first == UInt8(ascii: "0") {
            let second = rest.dropFirst().first
            if second == UInt8(ascii: "x") || second == UInt8(ascii: "X") {
                radix = 16
                rest = rest.dropFirst(2)
            } else {
                radix = 8
            }
        }
        guard !rest.isEmpty else { return nil }
        var value: UInt64 = 0
        for byte in rest {
            guard let digit = digit(byte), digit < radix else { return nil }
            let (product, overflow) = value.multipliedReportingOverflow(by: radix)
            let (sum, carry) = product.addingReportingOverflow(digit)
            guard !overflow, !carry else { return nil }
            value = sum
        }
        return (isNegative, value)
    }

    private static func digit(_ byte: UInt8) -> UInt64? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt64(byte - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt64(byte - UInt8(ascii: "a") + 10)
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt64(byte - UInt8(ascii: "A") + 10)
        default: nil
        }
    }
}

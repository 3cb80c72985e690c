/// Hexadecimal text of numbers, without Foundation.
package enum Hexadecimal {
    /// `0x` and lower-case digits, padded with zeros to `digits`.
    package static func string(_ value: some BinaryInteger, digits: Int = 1) -> String {
        "0x" + plain(value, digits: digits)
    }

    /// Lower-case digits only, padded with zeros to `digits`.
    package static func plain(_ value: some BinaryInteger, digits: Int = 1) -> String {
        let text = String(value, radix: 16)
        return String(repeating: "0", count: max(0, digits - text.count)) + text
    }
}

/// Texts cut up, without knowing what they are: words, numbers, signs, lines, and what brackets hold; as ranges of bytes.
///
/// Written for debug builds, in which tests run: comparisons of bytes in place of ranges and closures.
enum Pieces {
    static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
    static func isWord(_ byte: UInt8) -> Bool {
        byte >= 0x61 && byte <= 0x7a || byte >= 0x30 && byte <= 0x39 || byte >= 0x41 && byte <= 0x5a || byte == 0x5f
            || byte >= 0x80
    }

    /// Runs of letters and digits, single signs and blanks; `.` and `-` belong to the words around them.
    static func tokens(_ bytes: [UInt8]) -> [Range<Int>] {
        bytes.withUnsafeBufferPointer { bytes in
            var tokens: [Range<Int>] = []
            var start = 0
            var isOpen = false
            var index = 0
            while index < bytes.count {
                let byte = bytes[index]
                let joins =
                    isOpen && (byte == 0x2d || byte == 0x2e) && index + 1 < bytes.count && isWord(bytes[index + 1])
                let isPart = joins || isWord(byte)
                if !(isPart && isOpen) {
                    if index > start { tokens.append(start..<index) }
                    start = index
                }
                isOpen = isPart
                index += 1
            }
            if start < bytes.count { tokens.append(start..<bytes.count) }
            return tokens
        }
    }

    /// Each with its end.
    static func lines(_ bytes: [UInt8]) -> [Range<Int>] {
        bytes.withUnsafeBufferPointer { bytes in
            var lines: [Range<Int>] = []
            var start = 0
            var index = 0
            while index < bytes.count {
                if bytes[index] == 0x0a {
                    lines.append(start..<index + 1)
                    start = index + 1
                }
                index += 1
            }
            if start < bytes.count { lines.append(start..<bytes.count) }
            return lines
        }
    }

    /// Ranges of `{…}`, `[…]` and `<a>…</a>`, innermost and outermost alike.
    static func elements(_ bytes: [UInt8]) -> [Range<Int>] {
        bytes.withUnsafeBufferPointer { bytes in
            var found: [Range<Int>] = []
            var open: [(byte: UInt8, start: Int)] = []
            var index = 0
            while index < bytes.count {
                let byte = bytes[index]
                if byte == 0x7b || byte == 0x5b {
                    open.append((byte, index))
                } else if byte == 0x7d || byte == 0x5d {
                    if let last = open.last, last.byte == byte - 2 {
                        open.removeLast()
                        found.append(last.start..<index + 1)
                    }
                } else if byte == 0x3c, index + 1 < bytes.count {
                    var end = index + 1
                    while end + 1 < bytes.count, bytes[end] != 0x3e { end += 1 }
                    if bytes[index + 1] == 0x2f {
                        if let last = open.last, last.byte == byte {
                            open.removeLast()
                            found.append(last.start..<end + 1)
                        }
                    } else if isWord(bytes[index + 1]) {
                        if bytes[end - 1] == 0x2f { found.append(index..<end + 1) } else { open.append((byte, index)) }
                    }
                }
                index += 1
            }
            return found
        }
    }
}

/// Numbers at which arithmetic breaks.
enum ExtremeNumbers {
    private static let widths = [7, 8, 15, 16, 20, 24, 30, 31, 32, 33, 36, 39, 40, 47, 52, 62, 63, 64]
    private static let digits: [Character] = Array("0123456789abcdefff000088")

    static func instead(of old: String, _ draw: inout Drawing) -> String {
        let unit = String(old.drop { $0.isHexDigit || $0 == "x" })
        switch draw.number(below: old.utf8.count == 2 ? 24 : 15) {
        case 0: return draw.element(of: ["0", "-1", "-0", "00", "0x", "1e9", "+1", "١", "", "NaN"]) ?? ""
        case 1:
            return draw.element(of: ["18446744073709551616", "99999999999999999999999999", "0x10000000000000000"]) ?? ""
        case 2: return neighbour(of: old, &draw)
        case 3: return old + old
        case 4: return "\(draw.number(below: 70_000))\(unit)"
        case 5: return "\(draw.number(below: 40))\(draw.element(of: ["", "K", "MiB", "G", "T", "PiB", "P"]) ?? "")"
        case 12...: return String(old.map { $0.isHexDigit ? draw.element(of: digits) ?? $0 : $0 })
        default:
            let bits = draw.element(of: widths) ?? 0
            let power = bits == 64 ? 0 : UInt64(1) << UInt64(bits)
            let near: [UInt64] = [power, power &- 1, power &+ 1, power &- 4096, power &+ 4096]
            let value = draw.element(of: near) ?? 0
            return (draw.number(below: 3) == 0 ? "0x" + String(value, radix: 16) : "\(value)")
                + (draw.number(below: 4) == 0 ? unit : "")
        }
    }

    private static func neighbour(of old: String, _ draw: inout Drawing) -> String {
        let isHexadecimal = old.hasPrefix("0x")
        let digits = isHexadecimal ? String(old.dropFirst(2)) : old
        guard let value = UInt64(digits.prefix { $0.isHexDigit }, radix: isHexadecimal ? 16 : 10) else { return "1" }
        let near: [UInt64] = [value &+ 1, value &- 1, value &* 2, value / 2, value &+ 8, value ^ 1]
        let other = draw.element(of: near) ?? 0
        return isHexadecimal ? "0x" + String(other, radix: 16) : "\(other)"
    }
}

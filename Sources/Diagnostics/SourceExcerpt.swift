/// One line of an input, and a place in it.
public struct SourceExcerpt: Hashable, Sendable {
    /// The line without its end; control characters other than tabs are shown as U+FFFD.
    ///
    /// Of a line longer than 160 characters the part around the place.
    public let text: String
    /// Counted from 1, in characters of `text`.
    public let column: Int

    package init(text: String, column: Int) {
        self.text = text
        self.column = column
    }

    /// Spaces (tabs where the line has them) and a caret, to be printed below the line.
    public var caret: String {
        let before = text.unicodeScalars.prefix(max(0, column - 1)).map { $0 == "\t" ? "\t" : " " }
        let missing = max(0, column - 1 - before.count)
        return before.joined() + String(repeating: " ", count: missing) + "^"
    }
}

/// Looks up the lines of one input.
package struct ExcerptReader: Sendable {
    private let bytes: [UInt8]
    /// Where lines begin, as offsets into `bytes`.
    private let starts: [Int]
    /// No terminal shows more; a longer line is cut around the place.
    private static let width = 160

    /// Bytes in UTF-8, or in UTF-16 with a byte order mark. Other encodings give the bytes taken for UTF-8.
    package init(_ input: [UInt8]) {
        let bytes = Self.utf8(input)
        var starts = [0]
        for (index, byte) in bytes.enumerated() where byte == 0x0a { starts.append(index + 1) }
        self.bytes = bytes
        self.starts = starts
    }

    /// Nil where the input has no such line.
    package func excerpt(line: Int, column: Int) -> SourceExcerpt? {
        guard starts.indices.contains(line - 1) else { return nil }
        let start = starts[line - 1]
        var end = starts.indices.contains(line) ? starts[line] - 1 : bytes.count
        // More than any column that is shown, and no more than a few kilobytes of a line of megabytes.
        let reach = 4 * (max(0, min(column, bytes.count)) + Self.width)
        end = min(end, start + reach)
        if end > start, bytes[end - 1] == 0x0d { end -= 1 }
        if bytes[start..<end].allSatisfy({ 0x20..<0x80 ~= $0 || $0 == 0x09 }) {
            // Nothing to replace, and bytes are characters, as nearly always.
            let (place, first) = Self.window(column, of: end - start)
            let shown = bytes[start..<end].dropFirst(first).prefix(Self.width)
            return SourceExcerpt(text: String(decoding: shown, as: UTF8.self), column: place - first)
        }
        let scalars = Array(String(decoding: bytes[start..<end], as: UTF8.self).unicodeScalars)
        let (place, first) = Self.window(column, of: scalars.count)
        let shown = scalars.dropFirst(first).prefix(Self.width)
        let text = String(String.UnicodeScalarView(shown.map { $0.value < 0x20 && $0 != "\t" ? "\u{FFFD}" : $0 }))
        return SourceExcerpt(text: text, column: place - first)
    }

    /// The column, no further than the end of a line, and how many characters of the line are left out before it.
    private static func window(_ column: Int, of count: Int) -> (place: Int, first: Int) {
        let place = max(1, min(column, count + 1))
        return (place, place > width - 20 ? place - width / 2 : 0)
    }

    private static func utf8(_ bytes: [UInt8]) -> [UInt8] {
        guard bytes.count >= 2 else { return bytes }
        let isLittle = bytes[0] == 0xff && bytes[1] == 0xfe
        guard isLittle || (bytes[0] == 0xfe && bytes[1] == 0xff) else {
            return bytes.starts(with: [0xef, 0xbb, 0xbf]) ? Array(bytes.dropFirst(3)) : bytes
        }
        let units = stride(from: 2, to: bytes.count - 1, by: 2).map { index in
            let (low, high) = isLittle ? (bytes[index], bytes[index + 1]) : (bytes[index + 1], bytes[index])
            return UInt16(low) | UInt16(high) << 8
        }
        return Array(String(decoding: units, as: UTF16.self).utf8)
    }
}

import BerthDiagnostics

/// Looks over YAML text before the parser sees it, so that hostile files cost nothing.
///
/// Refused: more than 1 MiB, bytes that are not UTF-8, NUL and other control characters, anchors and
/// aliases (a few lines of them expand without bound), and nesting deeper than any topology needs.
enum YAMLGuard {
    static let sizeLimit = 1 << 20
    private static let depthLimit = 32
    private static let columnLimit = 400

    static func check(_ bytes: [UInt8], file: String) throws(InputError) -> String {
        guard bytes.count <= sizeLimit else {
            throw refusal(
                "the file has \(bytes.count) bytes; a topology file has at most \(sizeLimit)",
                SourceLocation(file: file))
        }
        let position = { (offset: Int) -> SourceLocation in
            let before = bytes[..<offset]
            let line = before.reduce(1) { $0 + ($1 == 0x0a ? 1 : 0) }
            let start = before.lastIndex(of: 0x0a).map { $0 + 1 } ?? 0
            // Columns count characters; continuation bytes of UTF-8 start none.
            let column = bytes[start..<offset].reduce(1) { $0 + ($1 & 0xc0 == 0x80 ? 0 : 1) }
            return SourceLocation(file: file, line: line, column: column)
        }
        if let offset = bytes.firstIndex(where: { $0 < 0x20 && ![0x09, 0x0a, 0x0d].contains($0) || $0 == 0x7f }) {
            throw refusal(
                "the byte \(Hexadecimal.string(bytes[offset], digits: 2)) cannot be part of a text file",
                position(offset))
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw refusal("the file is not UTF-8 text", position(firstInvalid(bytes)))
        }
        if bytes.allSatisfy({ [0x20, 0x09, 0x0a, 0x0d].contains($0) }) {
            throw refusal(
                "the file is empty; a topology file has at least 'machine' and 'memory'", SourceLocation(file: file))
        }
        try structure(bytes, position)
        // Editors of Windows put a byte order mark there, which the parser takes for content.
        return text.unicodeScalars.first == "\u{feff}" ? String(text.unicodeScalars.dropFirst()) : text
    }

    /// Where the first sequence starts that is not UTF-8.
    private static func firstInvalid(_ bytes: [UInt8]) -> Int {
        var parser = Unicode.UTF8.ForwardParser()
        var rest = bytes.makeIterator()
        var offset = 0
        while case .valid(let scalar) = parser.parseScalar(from: &rest) { offset += scalar.count }
        return offset
    }

    /// One pass over the text that knows quotes and comments, nothing else of YAML.
    private static func structure(_ bytes: [UInt8], _ position: (Int) -> SourceLocation) throws(InputError) {
        var depth = 0
        var quote: UInt8?
        var startsValue = true
        var lineStart = 0
        var inComment = false
        for (offset, byte) in bytes.enumerated() {
            if byte == 0x0a {
                lineStart = offset + 1
                inComment = false
                if quote == nil { startsValue = true }
                continue
            }
            if inComment { continue }
            if let open = quote {
                if byte == open, !(open == UInt8(ascii: "\"") && isEscaped(bytes, offset)) { quote = nil }
                continue
            }
            switch byte {
            case UInt8(ascii: " "), 0x09, 0x0d: continue
            case UInt8(ascii: "#") where offset == 0 || [0x20, 0x09, 0x0a].contains(bytes[offset - 1]):
                inComment = true
                continue
            case UInt8(ascii: "\"") where startsValue, UInt8(ascii: "'") where startsValue: quote = byte
            case UInt8(ascii: "["), UInt8(ascii: "{"):
                depth += 1
                if depth > depthLimit {
                    throw refusal("brackets are nested more than \(depthLimit) deep", position(offset))
                }
            case UInt8(ascii: "]"), UInt8(ascii: "}"): depth = max(0, depth - 1)
            case UInt8(ascii: "&") where startsValue, UInt8(ascii: "*") where startsValue:
                throw refusal(
                    "anchors and aliases are not accepted in topology files; write the value out", position(offset))
            default: break
            }
            if startsValue, offset - lineStart > columnLimit, depth == 0 {
                throw refusal("the line is indented by more than \(columnLimit) columns", position(offset))
            }
            let isIndicator = [
                UInt8(ascii: ":"), UInt8(ascii: "-"), UInt8(ascii: "?"), UInt8(ascii: ","), UInt8(ascii: "["),
                UInt8(ascii: "{"),
            ].contains(byte)
            startsValue = isIndicator
        }
    }

    private static func isEscaped(_ bytes: [UInt8], _ offset: Int) -> Bool {
        var backslashes = 0
        var index = offset - 1
        while index >= 0, bytes[index] == UInt8(ascii: "\\") {
            backslashes += 1
            index -= 1
        }
        return backslashes % 2 == 1
    }

    private static func refusal(_ message: String, _ location: SourceLocation) -> InputError {
        InputError(message, rule: "yaml", at: location)
    }
}

/// Text for terminals: wrapped at 100 columns, indented, no trailing space.
struct TextLayout {
    private(set) var text = ""
    var lineCount: Int { text.utf8.count { $0 == UInt8(ascii: "\n") } }
    static let width = 100

    /// One paragraph; lines after the first are indented by two more.
    mutating func line(_ content: String, indent: Int = 0, hanging: Int = 2) {
        var current = String(repeating: " ", count: indent)
        var isEmpty = true
        for word in content.split(separator: " ", omittingEmptySubsequences: false) {
            if !isEmpty, current.count + 1 + word.count > Self.width {
                text += Self.trimmed(current) + "\n"
                current = String(repeating: " ", count: indent + hanging)
                isEmpty = true
            }
            if !isEmpty { current += " " }
            current += word
            isEmpty = false
        }
        text += Self.trimmed(current) + "\n"
    }

    /// Two spaces may stand where a line ends.
    private static func trimmed(_ line: String) -> String {
        line.last == " " ? trimmed(String(line.dropLast())) : line
    }

    /// A line that somebody else has laid out.
    mutating func verbatim(_ content: String) { text += content + "\n" }

    mutating func blank() { text += "\n" }

    /// `name      value`, the value in a column of its own.
    mutating func field(_ name: String, _ value: String, indent: Int = 2, column: Int = 12) {
        let padding = String(repeating: " ", count: max(1, column - name.count))
        line(name + padding + value, indent: indent, hanging: column)
    }
}

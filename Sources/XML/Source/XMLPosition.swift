/// A place in the document as it was given.
package struct XMLPosition: Hashable, Sendable {
    /// Counted from 1; lines end with a line feed.
    package var line: Int
    /// Counted from 1, in characters; a tab is one.
    package var column: Int
    /// Counted from 0, in bytes; for UTF-16, bytes of the same text in UTF-8.
    package var offset: Int

    package init(line: Int, column: Int, offset: Int) {
        self.line = line
        self.column = column
        self.offset = offset
    }
}

/// From byte offsets to positions, asked in ascending order: every byte is looked at once.
struct PositionCounter {
    private let text: SourceText
    private var position: XMLPosition

    init(_ text: SourceText) {
        self.text = text
        position = XMLPosition(line: 1, column: 1, offset: text.start)
    }

    mutating func position(at offset: Int) -> XMLPosition {
        let bytes = text.bytes
        while position.offset < min(offset, bytes.count) {
            let byte = bytes[position.offset]
            position.offset += 1
            if byte == UInt8(ascii: "\n") {
                position.line += 1
                position.column = 1
            } else if position.offset == bytes.count || !text.continuesCharacter(bytes[position.offset]) {
                position.column += 1
            }
        }
        return position
    }
}

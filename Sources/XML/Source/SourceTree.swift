/// The elements of a document with their byte ranges, in document order.
struct SourceTree: Hashable, Sendable {
    let text: SourceText
    private(set) var elements: [SourceElement] = []
    /// By the offset of the start tag.
    private var indices: [Int: Int] = [:]

    /// An element and what lies in it.
    struct SourceElement: Hashable, Sendable {
        var tag: SourceTag
        /// Nil for the tag of an empty element, `<a/>`.
        var endTag: Range<Int>?
        var parent: Int?
        /// Elements directly below, by their place in `elements`.
        var children: [Int] = []

        /// From `<` of the start tag to behind `>` of the end tag.
        var range: Range<Int> { tag.range.lowerBound..<(endTag ?? tag.range).upperBound }
    }

    /// Nil if the tags do not match; a document that libxml2 has accepted has no such tags.
    init?(_ text: SourceText) {
        self.text = text
        var scanner = SourceScanner(text)
        var open: [Int] = []
        while let token = scanner.next() {
            switch token {
            case .startTag(let tag):
                let index = elements.count
                elements.append(SourceElement(tag: tag, parent: open.last))
                indices[tag.range.lowerBound] = index
                if let parent = open.last { elements[parent].children.append(index) }
                if !tag.isEmpty { open.append(index) }
            case .endTag(let range):
                guard let index = open.popLast() else { return nil }
                elements[index].endTag = range
            case .text, .cdata, .comment, .instruction, .documentType: break
            }
        }
        guard open.isEmpty, !scanner.isBroken, !elements.isEmpty else { return nil }
    }

    /// By where the start tag begins.
    func index(at offset: Int) -> Int? { indices[offset] }

    /// Everything in front of an element on its line, if that is nothing but white space.
    func indentation(of index: Int) -> ArraySlice<UInt8>? { indentation(before: elements[index].range.lowerBound) }

    func indentation(before offset: Int) -> ArraySlice<UInt8>? {
        var start = offset
        while start > text.start, Self.isBlank(text.bytes[start - 1]) { start -= 1 }
        let isLineStart = start == text.start || text.bytes[start - 1] == UInt8(ascii: "\n")
        return isLineStart ? text.bytes[start..<offset] : nil
    }

    /// Where the line ends on which an element ends, in front of the line end, if nothing but white space and whole
    /// comments stand between; nil otherwise.
    func endOfLine(behind index: Int, passingComments: Bool) -> Int? {
        let bytes = text.bytes
        var offset = elements[index].range.upperBound
        while offset < bytes.count {
            if bytes[offset] == UInt8(ascii: "\n") {
                return bytes[offset - 1] == UInt8(ascii: "\r") ? offset - 1 : offset
            }
            if Self.isBlank(bytes[offset]) || bytes[offset] == UInt8(ascii: "\r") {
                offset += 1
            } else if passingComments, bytes[offset...].starts(with: "<!--".utf8) {
                guard let end = endOfComment(at: offset), !bytes[offset..<end].contains(UInt8(ascii: "\n")) else {
                    return nil
                }
                offset = end
            } else {
                return nil
            }
        }
        return offset
    }

    private func endOfComment(at offset: Int) -> Int? {
        let bytes = text.bytes
        var end = offset + 4
        while end + 3 <= bytes.count {
            if bytes[end...].starts(with: "-->".utf8) { return end + 3 }
            end += 1
        }
        return nil
    }

    /// A space or a tab.
    static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
}

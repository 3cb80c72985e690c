/// Gives the elements of a tree their places, in document order.
struct SourcePositions {
    private let text: SourceText
    private var scanner: SourceScanner
    private var counter: PositionCounter
    private var isLost = false

    /// Nil where the encoding is one that `SourceText` does not know.
    init?(_ bytes: [UInt8]) {
        guard let text = SourceText(bytes) else { return nil }
        self.text = text
        scanner = SourceScanner(text)
        counter = PositionCounter(text)
    }

    /// Called once for each element, parents before children. No position is given rather than a wrong one.
    mutating func locate(_ element: inout XMLElement) {
        guard !isLost, let tag = nextTag(), spells(tag.name, element.name) else {
            isLost = true
            return
        }
        element.position = counter.position(at: tag.range.lowerBound)
        var index = 0
        for attribute in tag.attributes where !isNamespace(attribute.name) {
            guard element.attributes.indices.contains(index), spells(attribute.name, element.attributes[index].name)
            else { return }
            element.attributes[index].position = counter.position(at: attribute.name.lowerBound)
            index += 1
        }
    }

    private mutating func nextTag() -> SourceTag? {
        while let token = scanner.next() {
            if case .startTag(let tag) = token { return tag }
        }
        return nil
    }

    /// Names outside ASCII are compared by what they have of it: a single-byte encoding is not decoded here.
    private func spells(_ range: Range<Int>, _ name: String) -> Bool {
        let bytes = text.bytes[range]
        if bytes.elementsEqual(name.utf8) { return true }
        return text.encoding == .singleByte
            && bytes.lazy.filter { $0 < 0x80 }.elementsEqual(name.utf8.lazy.filter { $0 < 0x80 })
    }

    private func isNamespace(_ range: Range<Int>) -> Bool {
        let bytes = text.bytes[range]
        return bytes.starts(with: "xmlns:".utf8) || bytes.elementsEqual("xmlns".utf8)
    }
}

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
    mutating func locate(_ element: inout XMLElement.Fields) {
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
        if isText(range, name) { return true }
        return text.encoding == .singleByte
            && text.bytes[range].lazy.filter { $0 < 0x80 }.elementsEqual(name.utf8.lazy.filter { $0 < 0x80 })
    }

    private func isNamespace(_ range: Range<Int>) -> Bool {
        guard text.bytes[range.lowerBound] == UInt8(ascii: "x") else { return false }
        return isText(range, "xmlns") || isText(range.prefix(6), "xmlns:")
    }

    private func isText(_ range: Range<Int>, _ wanted: String) -> Bool {
        var wanted = wanted
        return wanted.withUTF8 { $0.elementsEqual(text.bytes[range]) }
    }
}

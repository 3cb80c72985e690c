/// A piece of a document, as byte ranges. The pieces of a document lie side by side: nothing is left out.
enum SourceToken: Hashable, Sendable {
    case startTag(SourceTag)
    case endTag(Range<Int>)
    case text(Range<Int>)
    case cdata(Range<Int>)
    case comment(Range<Int>)
    /// A processing instruction or the XML declaration.
    case instruction(Range<Int>)
    case documentType(Range<Int>)
}

/// A start tag, or the tag of an empty element.
struct SourceTag: Hashable, Sendable {
    /// From `<` to behind `>`.
    var range: Range<Int>
    var name: Range<Int>
    /// In order, namespace declarations among them.
    var attributes: [SourceAttribute]
    /// `<a/>`
    var isEmpty: Bool
}

/// An attribute in a start tag.
struct SourceAttribute: Hashable, Sendable {
    var name: Range<Int>
    /// What is between the quotes, references as they are written.
    var value: Range<Int>
    /// From the name to behind the closing quote.
    var range: Range<Int> { name.lowerBound..<value.upperBound + 1 }
}

/// Takes a document apart without losing a byte.
///
/// For documents that libxml2 has accepted, so nothing is checked that only a refusal would need; on any other bytes it
/// stops early, with `isBroken` set.
struct SourceScanner: IteratorProtocol {
    private let bytes: [UInt8]
    private var index: Int
    private(set) var isBroken = false

    init(_ text: SourceText) {
        bytes = text.bytes
        index = text.start
    }

    mutating func next() -> SourceToken? {
        guard !isBroken, index < bytes.count else { return nil }
        let start = index
        guard bytes[start] == UInt8(ascii: "<") else {
            index = bytes[start...].firstIndex(of: UInt8(ascii: "<")) ?? bytes.count
            return .text(start..<index)
        }
        if has("<?") { return through("?>").map { .instruction($0) } }
        if has("<!--") { return through("-->", from: 4).map { .comment($0) } }
        if has("<![CDATA[") { return through("]]>").map { .cdata($0) } }
        if has("<!") { return documentType() }
        if has("</") { return through(">").map { .endTag($0) } }
        guard let tag = startTag() else {
            isBroken = true
            return nil
        }
        return .startTag(tag)
    }

    /// Of a start tag, up to its end.
    private mutating func startTag() -> SourceTag? {
        let start = index
        index += 1
        var tag = SourceTag(range: start..<start, name: name(), attributes: [], isEmpty: false)
        guard !tag.name.isEmpty else { return nil }
        while true {
            skipSpace()
            guard index < bytes.count else { return nil }
            if has("/>") || has(">") {
                tag.isEmpty = bytes[index] == UInt8(ascii: "/")
                index += tag.isEmpty ? 2 : 1
                tag.range = start..<index
                return tag
            }
            guard let attribute = attribute() else { return nil }
            tag.attributes.append(attribute)
        }
    }

    private mutating func attribute() -> SourceAttribute? {
        let name = name()
        skipSpace()
        guard !name.isEmpty, has("=") else { return nil }
        index += 1
        skipSpace()
        guard index < bytes.count, has("'") || has("\"") else { return nil }
        let start = index + 1
        guard let end = bytes[start...].firstIndex(of: bytes[index]) else { return nil }
        index = end + 1
        return SourceAttribute(name: name, value: start..<end)
    }

    private mutating func name() -> Range<Int> {
        let start = index
        while index < bytes.count, !Self.endsName(bytes[index]) { index += 1 }
        return start..<index
    }

    private mutating func skipSpace() {
        while index < bytes.count, Self.isSpace(bytes[index]) { index += 1 }
    }

    /// An internal subset is refused by the reader, so only quotes can hide the end.
    private mutating func documentType() -> SourceToken? {
        let start = index
        var quote: UInt8?
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            if byte == quote {
                quote = nil
            } else if quote == nil, byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
                quote = byte
            } else if quote == nil, byte == UInt8(ascii: ">") {
                return .documentType(start..<index)
            }
        }
        isBroken = true
        return nil
    }

    /// Up to and with the first of these endings, not before `from` bytes have passed.
    private mutating func through(_ ending: StaticString, from skipped: Int = 2) -> Range<Int>? {
        let start = index
        index = min(start + skipped, bytes.count)
        while index < bytes.count {
            if has(ending) {
                index += ending.utf8CodeUnitCount
                return start..<index
            }
            index += 1
        }
        isBroken = true
        return nil
    }

    private func has(_ text: StaticString) -> Bool {
        let count = text.utf8CodeUnitCount
        guard index + count <= bytes.count else { return false }
        for offset in 0..<count where bytes[index + offset] != text.utf8Start[offset] { return false }
        return true
    }

    static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0a || byte == 0x0d }

    private static func endsName(_ byte: UInt8) -> Bool {
        isSpace(byte) || byte == UInt8(ascii: "=") || byte == UInt8(ascii: "/") || byte == UInt8(ascii: ">")
            || byte == UInt8(ascii: "<")
    }
}

/// How a document is written: what new parts of it have to look like.
struct SourceStyle {
    let newline: String
    /// One level of indentation.
    let unit: String
    private let quote: Character
    private let tree: SourceTree

    init(_ tree: SourceTree) {
        self.tree = tree
        let bytes = tree.text.bytes
        let end = bytes.firstIndex(of: UInt8(ascii: "\n"))
        newline = end.map { $0 > 0 && bytes[$0 - 1] == UInt8(ascii: "\r") } == true ? "\r\n" : "\n"
        quote = tree.elements.lazy.flatMap(\.tag.attributes).first.map { Self.quote(of: $0, bytes) } ?? "'"
        unit = Self.unit(tree)
    }

    /// For an element that comes in beside or below this one.
    func layout(beside index: Int, indentation: String?, prefixes: Set<String>) -> XMLLayout {
        var layout = XMLLayout()
        layout.indentation = indentation ?? ""
        layout.isInline = indentation == nil
        layout.unit = unit
        layout.newline = newline
        layout.quote = quote(in: index)
        layout.isASCII = tree.text.encoding == .singleByte
        layout.prefixes = prefixes
        return layout
    }

    /// The quotes of a tag's last attribute, or the document's first ones.
    func quote(in index: Int) -> Character {
        tree.elements[index].tag.attributes.last.map { Self.quote(of: $0, tree.text.bytes) } ?? quote
    }

    private static func quote(of attribute: SourceAttribute, _ bytes: [UInt8]) -> Character {
        bytes[attribute.value.upperBound] == UInt8(ascii: "\"") ? "\"" : "'"
    }

    /// What the first indented child has more than its parent; two spaces where nothing is indented.
    private static func unit(_ tree: SourceTree) -> String {
        for index in tree.elements.indices {
            guard let parent = tree.elements[index].parent, let outer = tree.indentation(of: parent),
                let inner = tree.indentation(of: index), inner.count > outer.count, inner.starts(with: outer)
            else { continue }
            return String(decoding: inner.dropFirst(outer.count), as: UTF8.self)
        }
        return "  "
    }
}

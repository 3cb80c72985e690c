import CLibXML2

/// Tells which element patterns of a grammar a document with certain element names can meet, and makes them valid
/// patterns while the grammar is parsed.
final class GrammarFilter {
    private let names: Set<String>
    /// How deep the parser is in content that nobody wants.
    var depth = 0
    var isSkipping: Bool { depth > 0 }
    /// Set where a pattern reaches into another grammar.
    private(set) var isForeign = false

    init(_ names: Set<String>) { self.names = names }

    /// After a start tag, with as many elements open: an element pattern whose name no element has gets no content.
    func enter(_ node: xmlNodePtr, open: Int32) {
        switch node.pointee.name?.pointee {
        case UInt8(ascii: "e"):
            if TailoredGrammar.isNamed(node, "element") {
                guard let name = TailoredGrammar.attribute(node, "name"), !names.contains(Self.local(name)) else {
                    return
                }
                xmlNewChild(node, node.pointee.ns, "empty", nil)
                depth = 1
            } else if TailoredGrammar.isNamed(node, "externalRef") {
                isForeign = true
            }
        case UInt8(ascii: "g"): if open > 1, TailoredGrammar.isNamed(node, "grammar") { isForeign = true }
        case UInt8(ascii: "i"): if open != 2, TailoredGrammar.isNamed(node, "include") { isForeign = true }
        case UInt8(ascii: "p"): if TailoredGrammar.isNamed(node, "parentRef") { isForeign = true }
        case UInt8(ascii: "d"): if TailoredGrammar.isNamed(node, "div") { isForeign = true }
        default: break
        }
    }

    /// Whether text between two tags is nothing but layout: not so in a value or parameter.
    func isLayout(_ text: UnsafeBufferPointer<xmlChar>, in parent: xmlNodePtr) -> Bool {
        text.allSatisfy(SourceScanner.isSpace) && parent.pointee.last?.pointee.type != XML_TEXT_NODE
            && !TailoredGrammar.isNamed(parent, "value") && !TailoredGrammar.isNamed(parent, "param")
    }

    /// Without a prefix and blanks around it.
    static func local(_ name: String) -> String {
        if name.utf8.allSatisfy({ !SourceScanner.isSpace($0) && $0 != UInt8(ascii: ":") }) { return name }
        let bare = PatternTable.collapsed(name)
        return bare.lastIndex(of: ":").map { String(bare[bare.index(after: $0)...]) } ?? bare
    }
}

import CLibXML2

/// Tells which element patterns of a grammar a document with certain element names can meet.
final class GrammarFilter {
    private let names: Set<String>
    /// How deep the parser is in content that nobody wants.
    var depth = 0
    var isSkipping: Bool { depth > 0 }

    init(_ names: Set<String>) { self.names = names }

    /// False for an element pattern whose name no element has.
    func wantsContent(of node: xmlNodePtr) -> Bool {
        guard TailoredGrammar.isNamed(node, "element"), let name = TailoredGrammar.attribute(node, "name") else {
            return true
        }
        return names.contains(Self.local(name))
    }

    /// Makes unwanted element patterns valid ones again. False for patterns that reach into another grammar.
    func cut(_ node: xmlNodePtr) -> Bool {
        if !wantsContent(of: node) {
            xmlNewChild(node, node.pointee.ns, "empty", nil)
            return true
        }
        let isForeign =
            TailoredGrammar.isNamed(node, "grammar") || TailoredGrammar.isNamed(node, "externalRef")
            || TailoredGrammar.isNamed(node, "parentRef") || TailoredGrammar.isNamed(node, "div")
            || TailoredGrammar.isNamed(node, "include")
        return !isForeign && TailoredGrammar.elements(node).allSatisfy(cut)
    }

    private static func local(_ name: String) -> String {
        let bare = PatternTable.collapsed(name)
        return bare.lastIndex(of: ":").map { String(bare[bare.index(after: $0)...]) } ?? bare
    }
}

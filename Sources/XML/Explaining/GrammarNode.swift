import CLibXML2

/// An element of a RELAX NG grammar, in the tree that the parser made. Whoever has one keeps the tree.
struct GrammarNode {
    let pointer: xmlNodePtr

    /// Without a prefix.
    var name: String { TailoredGrammar.name(pointer) }

    subscript(_ attribute: StaticString) -> String? { TailoredGrammar.attribute(pointer, attribute) }

    /// Those below it, which are looked for as they are asked for.
    struct Elements: Sequence, IteratorProtocol {
        fileprivate var upcoming: xmlNodePtr?

        mutating func next() -> GrammarNode? {
            while let child = upcoming {
                upcoming = child.pointee.next
                if child.pointee.type == XML_ELEMENT_NODE { return GrammarNode(pointer: child) }
            }
            return nil
        }
    }

    var elements: Elements { Elements(upcoming: pointer.pointee.children) }

    var firstElement: GrammarNode? {
        var elements = elements
        return elements.next()
    }

    var nextElement: GrammarNode? {
        var elements = Elements(upcoming: pointer.pointee.next)
        return elements.next()
    }

    /// Its own text, without that of elements in it.
    var text: String {
        var text = ""
        var next = pointer.pointee.children
        while let child = next {
            if child.pointee.type == XML_TEXT_NODE || child.pointee.type == XML_CDATA_SECTION_NODE,
                let content = child.pointee.content
            {
                text += String(cString: content)
            }
            next = child.pointee.next
        }
        return text
    }
}

/// A grammar's file, as long as somebody reads in it.
final class GrammarFile {
    let tree: ParsedTree
    init(_ tree: consuming ParsedTree) { self.tree = tree }

    var root: xmlNodePtr? { xmlDocGetRootElement(tree.pointer) }
}

package import BerthDiagnostics

/// Changes a document and keeps every byte that no change is about: comments, quotes, the order of attributes,
/// indentation, line ends, the encoding.
///
/// Elements are named by values out of `document`; their positions tell them apart. New elements get the indentation,
/// quotes and line ends of their neighbours. The changes are carried out by `result()`, all at once: nothing here
/// depends on the order in which different elements are changed.
package struct XMLEditor: Sendable {
    /// As it was read; changes do not show in it.
    package let document: XMLDocument
    let tree: SourceTree
    /// By the place of the element in `tree.elements`.
    private(set) var changes: [Int: Change] = [:]

    /// What happens to one element.
    struct Change: Sendable {
        /// In the order of asking; nil takes an attribute away.
        var attributes: [(name: String, value: String?)] = []
        var appended: [XMLElement] = []
        var following: [XMLElement] = []
        var preceding: [XMLElement] = []
        /// Takes the element's place.
        var replacement: XMLElement?
        var isRemoved = false
    }

    /// Errors: those of `XMLDocument.init(bytes:file:)`; an encoding in which bytes cannot be told from characters.
    package init(bytes: [UInt8], file: String) throws(InputError) {
        document = try XMLDocument(bytes: bytes, file: file)
        guard let tree = SourceText(bytes).flatMap(SourceTree.init) else {
            throw InputError(
                "a document in this encoding cannot be changed in place; convert it to UTF-8", rule: "xml-encoding",
                at: SourceLocation(file: file))
        }
        self.tree = tree
    }

    /// Whether anything was asked for. Asking for what is there counts.
    package var isUnchanged: Bool { changes.isEmpty }

    /// Sets an attribute in its own quotes, appends one that is not there, or removes it for nil. `xmlns:PREFIX`
    /// declares a prefix.
    package mutating func set(_ name: String, to value: String?, of element: XMLElement) {
        change(element) { change in
            change.attributes.removeAll { $0.name == name }
            change.attributes.append((name, value))
        }
    }

    /// Adds a child behind the last child element.
    package mutating func append(_ new: XMLElement, to parent: XMLElement) {
        change(parent) { $0.appended.append(new) }
    }

    /// Adds a sibling; several for one element stand in the order of asking.
    package mutating func insert(_ new: XMLElement, after element: XMLElement) {
        change(element) { $0.following.append(new) }
    }

    package mutating func insert(_ new: XMLElement, before element: XMLElement) {
        change(element) { $0.preceding.append(new) }
    }

    /// Replaces an element with all that is in it.
    package mutating func replace(_ element: XMLElement, with new: XMLElement) {
        change(element) { $0.replacement = new }
    }

    /// Removes an element, with its line if nothing else is on it.
    package mutating func remove(_ element: XMLElement) { change(element) { $0.isRemoved = true } }

    private mutating func change(_ element: XMLElement, _ body: (inout Change) -> Void) {
        // An element that is not of this document has no place in it, and nothing to change.
        guard let offset = element.position?.offset, let index = tree.index(at: offset) else { return }
        body(&changes[index, default: Change()])
    }

    /// The document with all changes made, in its own encoding.
    ///
    /// Errors: a new element or value that no XML document can hold.
    package func result() throws(XMLWritingError) -> [UInt8] {
        tree.text.encoded(try SourceEdits(self).applied())
    }

    /// The document as text, as it was read.
    package var original: String { tree.text.readable(tree.text.bytes) }

    /// The document as text, before and after; for showing them.
    package func readable() throws(XMLWritingError) -> (before: String, after: String) {
        (original, tree.text.readable(try SourceEdits(self).applied()))
    }
}

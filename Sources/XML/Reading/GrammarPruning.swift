import CLibXML2

/// Takes out of a grammar what a document with certain names can match nowhere, for as long as the rest is compiled.
///
/// A pattern of an element or attribute that no name of the document fits is `notAllowed`; what follows for the patterns around it
/// is the simplification of RELAX NG (section 4.19), in place. The verdict on the document stays. What would have been taken there is
/// gone, so that a refusal is explained by the grammar as it was: `restore` puts everything back.
struct GrammarPruning {
    private let names: DocumentNames
    private var definitions: [String: [xmlNodePtr]] = [:]
    private var rests: [String: Rest] = [:]
    private var changes: [Change] = []

    /// What is left of a pattern.
    private enum Rest {
        /// Nothing: it can match nothing.
        case impossible
        /// It can only match nothing at all.
        case empty
        case some
    }

    private enum Change {
        case added(xmlNodePtr)
        case removed(xmlNodePtr, parent: xmlNodePtr, before: xmlNodePtr?)
        /// Out of the element whose only child it was.
        case raised(xmlNodePtr, from: xmlNodePtr)
    }

    /// Of a grammar without includes, whose root holds nothing but definitions.
    init(_ root: xmlNodePtr, _ names: DocumentNames) {
        self.names = names
        var starts: [xmlNodePtr] = []
        for node in TailoredGrammar.elements(root) {
            if TailoredGrammar.isNamed(node, "start") {
                starts.append(node)
            } else {
                definitions[TailoredGrammar.attribute(node, "name") ?? "", default: []].append(node)
            }
        }
        for start in starts { body(start) }
        for (name, nodes) in definitions where rests[name] == nil { nodes.forEach { remove($0) } }
    }

    /// Puts back what was taken out: before the grammar is used for anything else, or freed.
    mutating func restore() {
        while let change = changes.popLast() {
            switch change {
            case .added(let node):
                xmlUnlinkNode(node)
                xmlFreeNode(node)
            case .removed(let node, _, let next?): xmlAddPrevSibling(next, node)
            case .removed(let node, let parent, nil): xmlAddChild(parent, node)
            case .raised(let node, let parent):
                xmlUnlinkNode(node)
                xmlAddChild(parent, node)
            }
        }
    }

    private mutating func remove(_ node: xmlNodePtr) {
        guard let parent = node.pointee.parent else { return }
        changes.append(.removed(node, parent: parent, before: node.pointee.next))
        xmlUnlinkNode(node)
    }

    private mutating func add(_ name: String, to parent: xmlNodePtr) {
        if let node = xmlNewChild(parent, parent.pointee.ns, name, nil) { changes.append(.added(node)) }
    }

    private mutating func definition(_ name: String) -> Rest {
        if let known = rests[name] { return known }
        // One that needs itself: whatever comes of it, what refers to it stays.
        rests[name] = .some
        let bodies = definitions[name] ?? []
        for node in bodies {
            let rest = body(node)
            // Several of a name are combined, one way or the other.
            if bodies.count == 1 { rests[name] = rest }
        }
        return rests[name] ?? .some
    }

    /// A definition stays a definition, because something may refer to it that was looked at before.
    @discardableResult private mutating func body(_ node: xmlNodePtr) -> Rest {
        let rest = sequence(below: node)
        switch rest {
        case .some: break
        case .empty: add("empty", to: node)
        case .impossible:
            TailoredGrammar.elements(node).forEach { remove($0) }
            add("notAllowed", to: node)
        }
        return rest
    }

    /// Patterns of which each has to match: those below a node.
    private mutating func sequence(below node: xmlNodePtr, skippingFirst: Bool = false) -> Rest {
        var whole = Rest.empty
        var next = GrammarNode(pointer: node).firstElement
        if skippingFirst { next = next?.nextElement }
        while let pattern = next {
            // Before it may be taken out.
            next = pattern.nextElement
            switch rest(of: pattern.pointer) {
            case .impossible: return .impossible
            case .empty: remove(pattern.pointer)
            case .some: whole = .some
            }
        }
        return whole
    }

    private mutating func rest(of pattern: xmlNodePtr) -> Rest {
        switch TailoredGrammar.name(pattern) {
        case "element":
            guard isMet(pattern, by: names.elements) else { return .impossible }
            return filled(pattern, sequence(below: pattern, skippingFirst: isNamedInside(pattern)))
        case "attribute":
            guard isMet(pattern, by: names.attributes) else { return .impossible }
            keepReferences(below: pattern)
            return .some
        case "ref": return definition(TailoredGrammar.attribute(pattern, "name") ?? "")
        case "optional", "zeroOrMore":
            return sequence(below: pattern) == .some ? .some : .empty
        case "oneOrMore": return sequence(below: pattern)
        case "group", "interleave":
            let rest = sequence(below: pattern)
            if rest == .some { raiseOnlyChild(of: pattern) }
            return rest
        case "mixed": return filled(pattern, sequence(below: pattern))
        case "choice": return choice(pattern)
        case "notAllowed": return .impossible
        case "list":
            keepReferences(below: pattern)
            return .some
        default: return .some
        }
    }

    /// An element, or text between elements, is something whatever is in it.
    private mutating func filled(_ pattern: xmlNodePtr, _ content: Rest) -> Rest {
        guard content == .empty else { return content }
        add("empty", to: pattern)
        return .some
    }

    private mutating func choice(_ pattern: xmlNodePtr) -> Rest {
        var whole = Rest.impossible
        var isOptional = false
        for alternative in TailoredGrammar.elements(pattern) {
            let rest = rest(of: alternative)
            if rest == .some { whole = .some } else { remove(alternative) }
            isOptional = isOptional || rest == .empty
        }
        guard whole == .some else { return isOptional ? .empty : .impossible }
        if isOptional { add("empty", to: pattern) }
        raiseOnlyChild(of: pattern)
        return .some
    }

    /// One of one is that one (section 4.12), and libxml2 fails at an interleave of one.
    private mutating func raiseOnlyChild(of pattern: xmlNodePtr) {
        guard let child = GrammarNode(pointer: pattern).firstElement, child.nextElement == nil else { return }
        xmlUnlinkNode(child.pointer)
        guard xmlAddPrevSibling(pattern, child.pointer) != nil else { return }
        changes.append(.raised(child.pointer, from: pattern))
        remove(pattern)
    }

    /// What an attribute or a list needs stays as it is.
    private mutating func keepReferences(below node: xmlNodePtr) {
        for child in TailoredGrammar.elements(node) {
            if TailoredGrammar.isNamed(child, "ref") {
                _ = definition(TailoredGrammar.attribute(child, "name") ?? "")
            } else {
                keepReferences(below: child)
            }
        }
    }

    private func isNamedInside(_ pattern: xmlNodePtr) -> Bool { TailoredGrammar.attribute(pattern, "name") == nil }

    /// Whether a name of the document may be meant; a name class in an element of its own may mean any.
    private func isMet(_ pattern: xmlNodePtr, by names: Set<String>) -> Bool {
        TailoredGrammar.attribute(pattern, "name").map { names.contains(GrammarFilter.local($0)) } ?? true
    }
}

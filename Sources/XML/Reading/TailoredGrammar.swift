import CLibXML2

/// A RELAX NG grammar cut to what documents with certain element names can meet.
///
/// The content of an element pattern whose name no element has can never be asked for: it becomes `<empty/>`, and
/// definitions that nothing needs any more go. For a document that has no other names the verdict is that of the
/// whole grammar, and compiling takes a fraction of its time.
final class TailoredGrammar {
    private let parts: Parts
    private let names: DocumentNames
    /// The grammar, with what it includes in place of the includes.
    let pointer: xmlDocPtr

    /// Nil where the schema cannot be read, or uses what this does not know: the whole one tells.
    init?(path: String, _ names: DocumentNames) {
        let parts = Parts(GrammarFilter(names.elements))
        guard let root = parts.open(path), let document = root.pointee.doc else { return nil }
        self.parts = parts
        self.names = names
        pointer = document
        guard parts.expand(root, folder: Self.folder(path), overridden: [], depth: 0) else { return nil }
        var definitions: [String: [xmlNodePtr]] = [:]
        var starts: [xmlNodePtr] = []
        for child in Self.elements(root) {
            switch Self.name(child) {
            case "define": definitions[Self.attribute(child, "name") ?? "", default: []].append(child)
            case "start": starts.append(child)
            default: return nil
            }
        }
        guard !parts.filter.isForeign else { return nil }
        Self.dropUnreachable(from: starts, &definitions)
    }

    /// Keeps its definitions, and nothing else.
    var root: xmlNodePtr? { xmlDocGetRootElement(pointer) }

    /// Calls with no more of it than decides whether documents of its names are valid.
    func withVerdictOnly<Result>(_ body: (xmlDocPtr) -> Result) -> Result {
        guard let root else { return body(pointer) }
        var pruning = GrammarPruning(root, names)
        defer { pruning.restore() }
        return body(pointer)
    }

    private static func dropUnreachable(from starts: [xmlNodePtr], _ definitions: inout [String: [xmlNodePtr]]) {
        var open = starts
        while let node = open.popLast() {
            if isNamed(node, "ref") { open += definitions.removeValue(forKey: attribute(node, "name") ?? "") ?? [] }
            var next = node.pointee.children
            while let child = next {
                if child.pointee.type == XML_ELEMENT_NODE, child.pointee.children != nil || isNamed(child, "ref") {
                    open.append(child)
                }
                next = child.pointee.next
            }
        }
        for node in definitions.values.joined() {
            xmlUnlinkNode(node)
            xmlFreeNode(node)
        }
    }

    static func folder(_ path: String) -> String {
        path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    }

    static func name(_ node: xmlNodePtr) -> String { node.pointee.name.map { String(cString: $0) } ?? "" }

    static func isNamed(_ node: xmlNodePtr, _ name: StaticString) -> Bool {
        xmlStrEqual(node.pointee.name, name.utf8Start) == 1
    }

    static func attribute(_ node: xmlNodePtr, _ name: StaticString) -> String? {
        var next = node.pointee.properties
        while let attribute = next?.pointee {
            if attribute.ns == nil, xmlStrEqual(attribute.name, name.utf8Start) == 1 {
                return attribute.children?.pointee.content.map { String(cString: $0) } ?? ""
            }
            next = attribute.next
        }
        return nil
    }

    /// As a list: whoever goes through it moves them.
    static func elements(_ node: xmlNodePtr) -> [xmlNodePtr] {
        GrammarNode(pointer: node).elements.map(\.pointer)
    }
}

/// A grammar's file and those that it includes. They live as long as the grammar: nodes moved out of them use their
/// namespaces.
private final class Parts {
    private var files: [GrammarFile] = []
    private let names = SharedNames()
    fileprivate let filter: GrammarFilter
    /// A schema that includes itself is told by the whole one.
    private static let deepest = 20

    init(_ filter: GrammarFilter) { self.filter = filter }

    /// Puts what is included in place of every `<include>`; what the include defines itself replaces definitions of
    /// the same name. False where that cannot be done.
    func expand(_ parent: xmlNodePtr, folder: String, overridden: Set<String>, depth: Int) -> Bool {
        guard depth < Self.deepest else { return false }
        for child in TailoredGrammar.elements(parent) {
            if ["define", "start"].contains(TailoredGrammar.name(child)), overridden.contains(Self.key(child)) {
                xmlUnlinkNode(child)
                xmlFreeNode(child)
                continue
            }
            guard TailoredGrammar.isNamed(child, "include") else { continue }
            guard let href = TailoredGrammar.attribute(child, "href"), let root = open(folder + href) else {
                return false
            }
            let own = TailoredGrammar.elements(child)
            let replaced = overridden.union(own.map(Self.key))
            guard
                expand(
                    root, folder: TailoredGrammar.folder(folder + href), overridden: replaced, depth: depth + 1)
            else { return false }
            for node in TailoredGrammar.elements(root) + own.filter({ !overridden.contains(Self.key($0)) }) {
                xmlUnlinkNode(node)
                guard xmlAddPrevSibling(child, node) != nil else { return false }
            }
            xmlUnlinkNode(child)
            xmlFreeNode(child)
        }
        return true
    }

    private static func key(_ node: xmlNodePtr) -> String {
        TailoredGrammar.name(node) == "start" ? "\u{0}start" : TailoredGrammar.attribute(node, "name") ?? ""
    }

    /// The root of a file; nil where it does not say of everything below what the first file's says.
    func open(_ path: String) -> xmlNodePtr? {
        let sink = ErrorSink(file: path)
        sink.filter = filter
        guard let tree = try? ParsedTree(path: path, sink: sink, names) else { return nil }
        let file = GrammarFile(tree)
        guard let root = file.root else { return nil }
        let first = files.first?.root ?? root
        files.append(file)
        guard TailoredGrammar.name(root) == "grammar" else { return nil }
        let agrees = { (name: StaticString) in
            TailoredGrammar.attribute(root, name) == TailoredGrammar.attribute(first, name)
        }
        return agrees("ns") && agrees("datatypeLibrary") ? root : nil
    }
}

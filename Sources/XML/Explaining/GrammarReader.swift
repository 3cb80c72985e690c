import BerthDiagnostics

/// Reads RELAX NG in XML syntax into patterns. Includes are looked for beside the file.
///
/// Read only to explain: the schema was compiled by libxml2 before, so mistakes in it have been refused, and what
/// this reader does not know takes part in nothing.
final class GrammarReader {
    let table = PatternTable()
    private var definitions: [String: Definition] = [:]
    private var made: [String: Pattern] = [:]
    private var included: Set<String> = []
    /// Keep the nodes that the definitions are read from.
    private var files: [GrammarFile] = []
    private var grammar: TailoredGrammar?

    /// Where an element of the schema stands: the nearest `ns` and datatype library.
    private struct Context {
        var namespace = ""

        func entering(_ element: GrammarNode) -> Self {
            var copy = self
            if let namespace = element["ns"] { copy.namespace = namespace }
            return copy
        }
    }

    private struct Definition {
        var combine: String?
        /// One for each `<define>` of the name.
        var bodies: [(GrammarNode, Context)]
    }

    /// Errors: a file cannot be read.
    func read(path: String) throws(InputError) -> Pattern {
        guard let root = try root(path) else { return .notAllowed }
        let context = Context().entering(root)
        guard root.name == "grammar" else { return pattern(root, context) }
        try collect(root, context, folder: Self.folder(path), overridden: [])
        return definition("\u{0}start")
    }

    /// Of a grammar that was cut, which has no includes left.
    func read(_ grammar: TailoredGrammar) -> Pattern {
        self.grammar = grammar
        guard let root = grammar.root.map({ GrammarNode(pointer: $0) }) else { return .notAllowed }
        let context = Context().entering(root)
        for child in root.elements { define(child, context.entering(child)) }
        return definition("\u{0}start")
    }

    private func root(_ path: String) throws(InputError) -> GrammarNode? {
        let file = GrammarFile(try ParsedTree(path: path, sink: ErrorSink(file: path)))
        files.append(file)
        return file.root.map { GrammarNode(pointer: $0) }
    }

    private func define(_ child: GrammarNode, _ context: Context) {
        let name = Self.key(child)
        definitions[name, default: Definition(combine: nil, bodies: [])].bodies.append((child, context))
        if let combine = child["combine"] { definitions[name]?.combine = combine }
    }

    private static func folder(_ path: String) -> String {
        path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    }

    private func collect(
        _ parent: GrammarNode, _ context: Context, folder: String, overridden: Set<String>
    ) throws(InputError) {
        for child in parent.elements {
            let inner = context.entering(child)
            switch child.name {
            case "define", "start": if !overridden.contains(Self.key(child)) { define(child, inner) }
            case "div": try collect(child, inner, folder: folder, overridden: overridden)
            case "include":
                guard let href = child["href"], included.insert(folder + href).inserted else { continue }
                guard let root = try self.root(folder + href) else { continue }
                let replaced = Set(child.elements.filter { ["define", "start"].contains($0.name) }.map(Self.key))
                try collect(
                    root, Context().entering(root), folder: Self.folder(folder + href),
                    overridden: overridden.union(replaced))
                try collect(child, inner, folder: folder, overridden: overridden)
            default: break
            }
        }
    }

    private static func key(_ element: GrammarNode) -> String {
        element.name == "start" ? "\u{0}start" : element["name"] ?? ""
    }

    private func definition(_ name: String) -> Pattern {
        if let known = made[name] { return known }
        // A definition that needs itself outside of an element is refused by libxml2; this ends the recursion.
        made[name] = .notAllowed
        guard let definition = definitions[name] else { return .notAllowed }
        let bodies = definition.bodies.map { sequence($0.0, $0.1) }
        let pattern =
            definition.combine == "interleave"
            ? bodies.reduce(.empty) { table.interleave($0, $1) } : table.choice(bodies)
        made[name] = pattern
        return pattern
    }

    /// The children of an element, one after the other.
    private func sequence(_ parent: GrammarNode, _ context: Context, skipping: Set<String> = []) -> Pattern {
        parent.elements.reduce(.empty) { whole, child in
            !skipping.isEmpty && skipping.contains(child.name) ? whole : table.group(whole, pattern(child, context))
        }
    }

    private func pattern(_ element: GrammarNode, _ outer: Context) -> Pattern {
        let context = outer.entering(element)
        switch element.name {
        case "ref": return definition(element["name"] ?? "")
        case "empty": return .empty
        case "text": return .text
        case "notAllowed": return .notAllowed
        case "group": return sequence(element, context)
        case "optional": return table.choice(sequence(element, context), .empty)
        case "zeroOrMore": return table.choice(table.oneOrMore(sequence(element, context)), .empty)
        case "oneOrMore": return table.oneOrMore(sequence(element, context))
        case "choice": return table.choice(element.elements.map { pattern($0, context) })
        case "interleave":
            return element.elements.reduce(.empty) { table.interleave($0, pattern($1, context)) }
        case "mixed": return table.interleave(.text, sequence(element, context))
        case "list": return table.make(.list(sequence(element, context)))
        case "value": return table.value(element.text, isToken: element["type"] != "string")
        case "data": return data(element, context)
        case "attribute":
            let names = nameClass(element, Context(namespace: element["ns"] ?? ""), context)
            let content = sequence(element, context, skipping: Self.nameElements)
            return table.attribute(names, content == .empty && isBare(element) ? .text : content)
        case "element":
            return table.element(nameClass(element, context, context)) { [unowned self] in
                sequence(element, context, skipping: Self.nameElements)
            }
        case "grammar": return .notAllowed
        default: return .notAllowed
        }
    }

    private static let nameElements: Set = ["name", "anyName", "nsName"]

    /// An attribute pattern without content takes any text.
    private func isBare(_ element: GrammarNode) -> Bool {
        element.elements.allSatisfy { Self.nameElements.contains($0.name) }
    }

    private func data(_ element: GrammarNode, _ context: Context) -> Pattern {
        var data = DataPattern(type: element["type"] ?? "string")
        for child in element.elements {
            switch child.name {
            case "param": data.facets.append(.init(name: child["name"] ?? "", value: child.text))
            case "except": data.except = table.choice(child.elements.map { pattern($0, context) })
            default: break
            }
        }
        return table.data(data)
    }

    private func nameClass(_ element: GrammarNode, _ own: Context, _ context: Context) -> NameClass {
        if let name = element["name"] {
            return .name(ExpandedName(namespace: own.namespace, local: PatternTable.collapsed(name)))
        }
        return element.firstElement.map { nameClass($0, context) } ?? .any(except: nil)
    }

    private func nameClass(_ element: GrammarNode, _ outer: Context) -> NameClass {
        let context = outer.entering(element)
        let except = element.elements.first { $0.name == "except" }.map { except in
            NameClass.choice(except.elements.map { nameClass($0, context) })
        }
        switch element.name {
        case "anyName": return .any(except: except)
        case "nsName": return .namespace(context.namespace, except: except)
        case "choice": return .choice(element.elements.map { nameClass($0, context) })
        default:
            return .name(ExpandedName(namespace: context.namespace, local: PatternTable.collapsed(element.text)))
        }
    }
}

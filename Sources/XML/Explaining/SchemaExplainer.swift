import BerthDiagnostics

/// Says which element, attribute or value a schema refuses, and what it would take there.
///
/// Not for several tasks at once: patterns are made as they are needed.
final class SchemaExplainer {
    private let table: PatternTable
    private let start: Pattern
    private let names: ExpectedNames
    private var file = ""
    private var findings: [Finding] = []

    /// More mistakes than this help nobody.
    private static let limit = 20

    /// Errors: the schema, which could be compiled before, cannot be read any more.
    convenience init(path: String) throws(InputError) {
        let reader = GrammarReader()
        self.init(reader, try reader.read(path: path))
    }

    /// For documents that have no other elements than those that a grammar was cut to.
    convenience init(_ grammar: TailoredGrammar) {
        let reader = GrammarReader()
        self.init(reader, reader.read(grammar))
    }

    private init(_ reader: GrammarReader, _ start: Pattern) {
        self.start = start
        table = reader.table
        names = ExpectedNames(table: reader.table)
        owner = reader
    }

    /// Keeps what the table's contents refer to.
    private let owner: GrammarReader

    /// What is wrong with a document that the schema refuses; empty where this reading of the schema accepts it.
    func explain(_ document: XMLDocument, file: String) -> [Finding] {
        self.file = file
        findings = []
        _ = element(document.root, in: start, parent: nil, earlier: [], scope: NamespaceScope())
        return findings
    }

    /// What is left behind the element; the pattern itself where the element has no place in it.
    private func element(
        _ element: XMLElement, in pattern: Pattern, parent: Parent?, earlier: Set<ExpandedName>, scope: NamespaceScope
    ) -> Pattern {
        guard findings.count < Self.limit else { return pattern }
        let scope = scope.entering(element)
        let name = scope.name(of: element)
        let opened = table.open(pattern, name)
        if opened == .notAllowed {
            refuse(element, name, in: pattern, parent: parent, earlier: earlier)
            return pattern
        }
        let attributed = attributes(element, of: opened, scope: scope)
        let closed = table.close(attributed)
        if closed == .notAllowed {
            lacks(element, attributed)
            return table.endAnyway(opened)
        }
        let parent = Parent(element: element, name: name, opened: opened)
        guard let rest = content(element, of: closed, parent: parent, scope: scope) else {
            return table.endAnyway(closed)
        }
        let ended = table.end(rest)
        if ended != .notAllowed { return ended }
        incomplete(element, rest)
        return table.endAnyway(rest)
    }

    private struct Parent {
        var element: XMLElement
        var name: ExpandedName
        /// Before its attributes decided between alternatives.
        var opened: Pattern
    }

    // MARK: Attributes

    private func attributes(_ element: XMLElement, of opened: Pattern, scope: NamespaceScope) -> Pattern {
        var pattern = opened
        for attribute in element.attributes {
            let name = scope.name(ofAttribute: attribute)
            let next = table.attribute(pattern, name, attribute.value)
            if next != .notAllowed {
                pattern = next
                continue
            }
            let known = table.attribute(pattern, name, nil)
            if known == .notAllowed {
                refuse(attribute, name, on: element, opened: opened, pattern)
            } else {
                wrongValue(attribute, name, on: element, pattern)
                pattern = known
            }
        }
        return pattern
    }

    private func refuse(
        _ attribute: XMLAttribute, _ name: ExpandedName, on element: XMLElement, opened: Pattern, _ pattern: Pattern
    ) {
        let place = element.location(of: attribute, file: file)
        if table.attribute(opened, name, nil) != .notAllowed {
            return add(
                "attribute '\(attribute.name)' is not allowed on <\(element.name)\(deciding(element, but: attribute))>",
                "schema-attribute", place, fix: "remove \(attribute.name)='\(attribute.value)'")
        }
        let expected = names.attributes(pattern).map(\.local)
        let near = NearestName.of(attribute.name, among: expected)
        add(
            "attribute '\(attribute.name)' is not known on <\(element.name)>\(Phrases.expected(expected, near))",
            "schema-attribute", place,
            fix: near.map { "write \($0)=" } ?? "remove \(attribute.name)='\(attribute.value)'")
    }

    /// The attributes that chose between the alternatives of an element.
    private func deciding(_ element: XMLElement, but attribute: XMLAttribute) -> String {
        element.attributes.filter { $0.name != attribute.name && ["type", "model", "mode"].contains($0.name) }
            .map { " \($0.name)='\($0.value)'" }.joined()
    }

    private func wrongValue(
        _ attribute: XMLAttribute, _ name: ExpandedName, on element: XMLElement, _ pattern: Pattern
    ) {
        let contents = names.attributeContents(pattern, name)
        let values = names.values(contents)
        let near = NearestName.of(attribute.value, among: values.literals)
        add(
            "attribute '\(attribute.name)' of <\(element.name)> is '\(attribute.value)'; expected \(values)",
            "schema-value", element.location(of: attribute, file: file),
            fix: (near ?? (values.isOneLiteral ? values.literals.first : nil)).map { "write \(attribute.name)='\($0)'" }
        )
    }

    private func lacks(_ element: XMLElement, _ pattern: Pattern) {
        let candidates = names.attributes(pattern)
        let sufficient = candidates.filter { table.close(table.attribute(pattern, $0, nil)) != .notAllowed }
        let needed = sufficient.isEmpty ? candidates : sufficient
        let quoted = needed.map { "'\($0.local)'" }
        let what =
            quoted.count == 1 ? "the attribute \(quoted[0])" : "attributes: some of \(quoted.joined(separator: ", "))"
        add(
            "<\(element.name)> lacks \(what)", "schema-missing", element.location(file: file),
            fix: needed.first.map { "add \($0.local)= to <\(element.name)>" })
    }

    // MARK: Content

    /// What is left of the content; nil where it was refused as a whole.
    private func content(
        _ element: XMLElement, of closed: Pattern, parent: Parent, scope: NamespaceScope
    ) -> Pattern? {
        let children = element.elements()
        let text = element.text
        let isBlank = text.unicodeScalars.allSatisfy(XMLCharacters.isSpace)
        if children.isEmpty {
            let next = table.text(closed, text)
            if isBlank {
                let either = table.choice([closed, next])
                if table.end(either) != .notAllowed { return either }
                // Nothing at all, where a value is wanted.
                if !names.values([closed]).isEmpty, names.elements(closed).isEmpty {
                    wrongText(element, closed)
                    return nil
                }
                return either
            }
            if next != .notAllowed, table.end(next) != .notAllowed { return next }
            wrongText(element, closed)
            return nil
        }
        var pattern = closed
        if !isBlank {
            let next = table.text(pattern, text)
            if next == .notAllowed { wrongText(element, pattern) } else { pattern = next }
        }
        var earlier: Set<ExpandedName> = []
        for child in children {
            pattern = self.element(child, in: pattern, parent: parent, earlier: earlier, scope: scope)
            earlier.insert(scope.entering(child).name(of: child))
        }
        return pattern
    }

    private func wrongText(_ element: XMLElement, _ pattern: Pattern) {
        let values = names.values([pattern])
        // Blanks around a number can be what is wrong with it.
        let written = String(element.text.prefix(200))
        let found = written.contains { $0.isNewline } ? PatternTable.collapsed(written) : written
        guard !values.isEmpty else {
            return add(
                "text '\(found)' is not allowed in <\(element.name)>", "schema-value", element.location(file: file),
                fix: "remove the text")
        }
        let near = NearestName.of(found, among: values.literals)
        add(
            "<\(element.name)> is '\(found)'; expected \(values)", "schema-value", element.location(file: file),
            fix: near.map { "write <\(element.name)>\($0)</\(element.name)>" })
    }

    private func refuse(
        _ element: XMLElement, _ name: ExpandedName, in pattern: Pattern, parent: Parent?, earlier: Set<ExpandedName>
    ) {
        let place = element.location(file: file)
        let expected = names.elements(pattern)
        guard let parent else {
            let list = Phrases.expected(expected.map { "<\($0.local)>" }, nil)
            return add("the root element is <\(element.name)>\(list)", "schema-element", place, fix: nil)
        }
        let known = names.allElements(parent.opened)
        if earlier.contains(name), known.contains(name) {
            return add(
                "another <\(element.name)> in <\(parent.element.name)>; the schema allows one", "schema-element", place,
                fix: "remove one of them")
        }
        if known.contains(name) {
            let kind = deciding(parent.element, but: XMLAttribute("", ""))
            return add(
                "<\(element.name)> is not allowed in <\(parent.element.name)\(kind)> here", "schema-element", place,
                fix: "remove <\(element.name)>")
        }
        let local = name.local.split(separator: ":").last.map(String.init) ?? name.local
        if let other = namesake(of: name, local, prefix: element.prefix, among: known) {
            let found = name.namespace.isEmpty ? "in no namespace" : "in the namespace '\(name.namespace)'"
            let prefix = element.prefix.isEmpty ? "" : ":\(element.prefix)"
            return add(
                "<\(element.name)> is \(found); expected '\(other.namespace)'", "schema-element", place,
                fix: "declare xmlns\(prefix)='\(other.namespace)' on <domain>")
        }
        let near = NearestName.of(local, among: known.map(\.local))
        add(
            "<\(element.name)> is not known in <\(parent.element.name)>"
                + Phrases.expected(expected.map { "<\($0.local)>" }, near.map { "<\($0)>" }),
            "schema-element", place, fix: near.map { "write <\($0)>" } ?? "remove <\(element.name)>")
    }

    /// An element of the same name in another namespace, the one that the prefix hints at before others.
    private func namesake(
        of name: ExpandedName, _ local: String, prefix: String, among known: [ExpandedName]
    ) -> ExpandedName? {
        let others = known.filter { $0.local == local && $0 != name && !$0.namespace.isEmpty }
        return others.first { !prefix.isEmpty && $0.namespace.split(separator: "/").contains(Substring(prefix)) }
            ?? others.first
    }

    private func incomplete(_ element: XMLElement, _ pattern: Pattern) {
        guard pattern != .notAllowed else { return }
        let candidates = names.elements(pattern)
        let sufficient = candidates.filter { table.end(names.skipping($0, pattern)) != .notAllowed }
        let needed = (sufficient.isEmpty ? candidates : sufficient).map { "<\($0.local)>" }
        let what = needed.count == 1 ? needed[0] : "one of \(needed.prefix(12).joined(separator: ", "))"
        add(
            needed.isEmpty ? "<\(element.name)> is not complete" : "<\(element.name)> lacks \(what)", "schema-missing",
            element.location(file: file), fix: needed.first.map { "add \($0) to <\(element.name)>" })
    }

    private func add(_ message: String, _ rule: RuleID, _ place: SourceLocation, fix: String?) {
        guard findings.count < Self.limit else { return }
        findings.append(Finding(.error, message, rule: rule, at: place, fix: fix))
    }
}

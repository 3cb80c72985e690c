/// What a pattern would take next.
struct ExpectedNames {
    let table: PatternTable

    /// Elements that may come now, by name.
    func elements(_ pattern: Pattern) -> [ExpandedName] {
        var found: Set<ExpandedName> = []
        walk(pattern, isNextOnly: true) { names in found.formUnion(names.names) }
        return sorted(found)
    }

    /// Elements that occur anywhere in the content, whatever was chosen.
    func allElements(_ pattern: Pattern) -> [ExpandedName] {
        var found: Set<ExpandedName> = []
        walk(pattern, isNextOnly: false) { names in found.formUnion(names.names) }
        return sorted(found)
    }

    /// What is left after an element of this name with the content it should have.
    func skipping(_ name: ExpandedName, _ pattern: Pattern) -> Pattern {
        table.endAnyway(table.open(pattern, name))
    }

    func attributes(_ pattern: Pattern) -> [ExpandedName] {
        var found: Set<ExpandedName> = []
        walkAttributes(pattern) { names, _ in found.formUnion(names.names) }
        return sorted(found)
    }

    func attributeContents(_ pattern: Pattern, _ name: ExpandedName) -> [Pattern] {
        var found: [Pattern] = []
        walkAttributes(pattern) { names, content in if names.contains(name) { found.append(content) } }
        return found
    }

    func values(_ patterns: [Pattern]) -> ExpectedValues {
        var values = ExpectedValues()
        for pattern in patterns { collect(pattern, &values) }
        return values
    }

    private func sorted(_ names: Set<ExpandedName>) -> [ExpandedName] {
        names.sorted { ($0.local, $0.namespace) < ($1.local, $1.namespace) }
    }

    private func walk(_ pattern: Pattern, isNextOnly: Bool, _ visit: (NameClass) -> Void) {
        switch table.node(pattern) {
        case .choice(let parts): for part in parts { walk(part, isNextOnly: isNextOnly, visit) }
        case .interleave(let a, let b):
            walk(a, isNextOnly: isNextOnly, visit)
            walk(b, isNextOnly: isNextOnly, visit)
        case .group(let a, let b):
            walk(a, isNextOnly: isNextOnly, visit)
            if !isNextOnly || table.nullable(a) { walk(b, isNextOnly: isNextOnly, visit) }
        case .oneOrMore(let a), .after(let a, _): walk(a, isNextOnly: isNextOnly, visit)
        case .element(let names, _): visit(table.names(names))
        default: break
        }
    }

    private func walkAttributes(_ pattern: Pattern, _ visit: (NameClass, Pattern) -> Void) {
        switch table.node(pattern) {
        case .choice(let parts): for part in parts { walkAttributes(part, visit) }
        case .interleave(let a, let b), .group(let a, let b):
            walkAttributes(a, visit)
            walkAttributes(b, visit)
        case .oneOrMore(let a), .after(let a, _): walkAttributes(a, visit)
        case .attribute(let names, let content): visit(table.names(names), content)
        default: break
        }
    }

    private func collect(_ pattern: Pattern, _ values: inout ExpectedValues) {
        switch table.node(pattern) {
        case .choice(let parts): for part in parts { collect(part, &values) }
        case .interleave(let a, let b), .group(let a, let b):
            collect(a, &values)
            collect(b, &values)
        case .oneOrMore(let a), .after(let a, _), .list(let a): collect(a, &values)
        case .value(let number, _): values.add(literal: table.value(number))
        case .data(let number): values.add(table.data(number))
        case .text: values.add(kind: "text")
        default: break
        }
    }
}

/// Values that a place takes: literals, then kinds of text.
struct ExpectedValues: CustomStringConvertible {
    private(set) var literals: [String] = []
    private var kinds: [String] = []

    var isEmpty: Bool { literals.isEmpty && kinds.isEmpty }
    var isOneLiteral: Bool { literals.count == 1 && kinds.isEmpty }

    mutating func add(literal: String) { if !literals.contains(literal) { literals.append(literal) } }
    mutating func add(kind: String) { if !kinds.contains(kind) { kinds.append(kind) } }

    mutating func add(_ data: DataPattern) {
        var words = Self.names[data.type] ?? data.type
        for facet in data.facets {
            switch facet.name {
            case "pattern": words = "text like \(PatternTable.collapsed(facet.value))"
            case "minInclusive": words += " from \(facet.value)"
            case "maxInclusive": words += " up to \(facet.value)"
            case "minLength": words += " of at least \(facet.value) characters"
            case "maxLength": words += " of at most \(facet.value) characters"
            default: break
            }
        }
        add(kind: words)
    }

    private static let names = [
        "string": "text", "int": "a whole number", "integer": "a whole number", "long": "a whole number",
        "short": "a whole number", "unsignedInt": "a number that is not negative",
        "unsignedLong": "a number that is not negative", "unsignedShort": "a number that is not negative",
        "positiveInteger": "a number above 0", "double": "a number", "dateTime": "a date and time",
        "anyURI": "a URI", "NCName": "a name without colon",
    ]

    var description: String {
        let shown = literals.sorted().prefix(12).map { "'\($0)'" }
        let more = literals.count > 12 ? ["one of \(literals.count - 12) more"] : []
        return Phrases.either(shown + more + kinds)
    }
}

enum Phrases {
    /// `a`, `a or b`, `a, b or c`
    static func either(_ parts: [String]) -> String {
        guard let last = parts.last, parts.count > 1 else { return parts.first ?? "nothing" }
        return "\(parts.dropLast().joined(separator: ", ")) or \(last)"
    }

    static func expected(_ names: [String], _ near: String?) -> String {
        if let near { return "; did you mean \(near.hasPrefix("<") ? near : "'\(near)'")?" }
        guard !names.isEmpty else { return "; expected none" }
        if names.count > 12 { return "" }
        return "; expected \(either(names.map { $0.hasPrefix("<") ? $0 : "'\($0)'" }))"
    }
}

/// Patterns and their derivatives (James Clark, "An algorithm for RELAX NG validation", 2002), each computed once.
///
/// The verdict on a document is libxml2's; this table serves to say what is wrong with one that libxml2 refuses.
final class PatternTable {
    private var nodes: [PatternNode] = [.notAllowed, .empty, .text]
    private var numbers: [PatternNode: Pattern] = [.notAllowed: .notAllowed, .empty: .empty, .text: .text]
    private var isNullable: [Bool] = [false, true, true]
    private var opened: [OpenKey: Pattern] = [:]
    private var closed: [Pattern: Pattern] = [:]
    let datatypes = Datatypes()
    /// The contents of element patterns, by number.
    var contents: [() -> Pattern] = []
    private var knownContents: [Int32: Pattern] = [:]

    private var names = Numbered<ExpandedName>()
    private var classes = Numbered<NameClass>()
    /// The name of a class that is one name, by the number of the class; -1 of another.
    private var nameOfClass: [Int32] = []
    private var values = Numbered<String>()
    private var data = Numbered<DataPattern>()

    private struct OpenKey: Hashable {
        var pattern: Pattern
        var name: Int32

        func hash(into hasher: inout Hasher) {
            hasher.combine(UInt64(UInt32(bitPattern: pattern.id)) << 32 | UInt64(UInt32(bitPattern: name)))
        }
    }

    func node(_ pattern: Pattern) -> PatternNode { nodes[Int(pattern.id)] }
    func nullable(_ pattern: Pattern) -> Bool { isNullable[Int(pattern.id)] }
    func names(_ number: Int32) -> NameClass { classes[number] }
    func value(_ number: Int32) -> String { values[number] }
    func data(_ number: Int32) -> DataPattern { data[number] }

    private func content(_ number: Int32) -> Pattern {
        if let known = knownContents[number] { return known }
        let pattern = contents[Int(number)]()
        knownContents[number] = pattern
        return pattern
    }

    // MARK: Making patterns

    func make(_ node: PatternNode) -> Pattern {
        let next = Pattern(id: Int32(nodes.count))
        let pattern = numbers.found(node, orAdd: next)
        if pattern == next {
            nodes.append(node)
            isNullable.append(takesNothing(node))
        }
        return pattern
    }

    func element(_ names: NameClass, _ content: @escaping () -> Pattern) -> Pattern {
        contents.append(content)
        return make(.element(number(of: names), content: Int32(contents.count - 1)))
    }

    func attribute(_ names: NameClass, _ content: Pattern) -> Pattern { make(.attribute(number(of: names), content)) }
    func value(_ text: String, isToken: Bool) -> Pattern { make(.value(values.number(of: text), isToken: isToken)) }
    func data(_ pattern: DataPattern) -> Pattern { make(.data(data.number(of: pattern))) }

    private func number(of names: NameClass) -> Int32 {
        let number = classes.number(of: names)
        guard number == nameOfClass.count else { return number }
        if case .name(let name) = names {
            nameOfClass.append(self.names.number(of: name))
        } else {
            nameOfClass.append(-1)
        }
        return number
    }

    private func takes(_ names: Int32, _ name: Int32) -> Bool {
        let only = nameOfClass[Int(names)]
        return only >= 0 ? only == name : classes[names].contains(self.names[name])
    }

    private func takesNothing(_ node: PatternNode) -> Bool {
        switch node {
        case .empty, .text: true
        case .choice(let parts): parts.contains(where: nullable)
        case .interleave(let a, let b), .group(let a, let b): nullable(a) && nullable(b)
        case .oneOrMore(let a): nullable(a)
        default: false
        }
    }

    func choice(_ patterns: [Pattern]) -> Pattern {
        let possible = patterns.filter { $0 != .notAllowed }
        guard possible.count > 1 else { return possible.first ?? .notAllowed }
        var parts: [Pattern] = []
        for pattern in possible {
            if case .choice(let inner) = node(pattern) { parts += inner } else { parts.append(pattern) }
        }
        parts.sort()
        var last: Pattern?
        parts.removeAll { part in
            defer { last = part }
            return part == last
        }
        return parts.count > 1 ? make(.choice(parts)) : parts[0]
    }

    func choice(_ a: Pattern, _ b: Pattern) -> Pattern {
        if a == .notAllowed || a == b { return b }
        return b == .notAllowed ? a : choice([a, b])
    }

    func group(_ a: Pattern, _ b: Pattern) -> Pattern {
        if a == .notAllowed || b == .notAllowed { return .notAllowed }
        if a == .empty { return b }
        return b == .empty ? a : make(.group(a, b))
    }

    func interleave(_ a: Pattern, _ b: Pattern) -> Pattern {
        if a == .notAllowed || b == .notAllowed { return .notAllowed }
        if a == .empty { return b }
        return b == .empty ? a : make(.interleave(min(a, b), max(a, b)))
    }

    func oneOrMore(_ a: Pattern) -> Pattern {
        a == .notAllowed || a == .empty ? a : make(.oneOrMore(a))
    }

    func after(_ a: Pattern, _ b: Pattern) -> Pattern {
        a == .notAllowed || b == .notAllowed ? .notAllowed : make(.after(a, b))
    }

    // MARK: Derivatives

    /// What is left after a start tag of this name was opened.
    func open(_ pattern: Pattern, _ name: ExpandedName) -> Pattern { open(pattern, names.number(of: name)) }

    private func open(_ pattern: Pattern, _ name: Int32) -> Pattern {
        let node = node(pattern)
        switch node {
        // Sooner told than looked up.
        case .element(let names, let number): return takes(names, name) ? after(content(number), .empty) : .notAllowed
        case .choice, .interleave, .oneOrMore, .group, .after: break
        default: return .notAllowed
        }
        let key = OpenKey(pattern: pattern, name: name)
        if let known = opened[key] { return known }
        let result: Pattern
        switch node {
        case .choice(let parts): result = choice(parts.map { open($0, name) })
        case .interleave(let a, let b):
            result = choice(
                mapAfter(open(a, name)) { self.interleave($0, b) }, mapAfter(open(b, name)) { self.interleave(a, $0) })
        case .oneOrMore(let a):
            let more = choice(pattern, .empty)
            result = mapAfter(open(a, name)) { self.group($0, more) }
        case .group(let a, let b):
            let first = mapAfter(open(a, name)) { self.group($0, b) }
            result = nullable(a) ? choice(first, open(b, name)) : first
        case .after(let a, let b): result = mapAfter(open(a, name)) { self.after($0, b) }
        default: result = .notAllowed
        }
        opened[key] = result
        return result
    }

    /// Changes what follows the open element.
    private func mapAfter(_ pattern: Pattern, _ change: (Pattern) -> Pattern) -> Pattern {
        if pattern == .notAllowed { return pattern }
        return switch node(pattern) {
        case .after(let a, let b): after(a, change(b))
        case .choice(let parts): choice(parts.map { mapAfter($0, change) })
        default: .notAllowed
        }
    }

    /// What is left after an attribute; `value` nil takes any value.
    func attribute(_ pattern: Pattern, _ name: ExpandedName, _ value: String?) -> Pattern {
        attribute(pattern, names.number(of: name), value)
    }

    private func attribute(_ pattern: Pattern, _ name: Int32, _ value: String?) -> Pattern {
        switch node(pattern) {
        case .after(let a, let b): return after(attribute(a, name, value), b)
        case .choice(let parts): return choice(parts.map { attribute($0, name, value) })
        case .group(let a, let b):
            return choice(group(attribute(a, name, value), b), group(a, attribute(b, name, value)))
        case .interleave(let a, let b):
            return choice(interleave(attribute(a, name, value), b), interleave(a, attribute(b, name, value)))
        case .oneOrMore(let a): return group(attribute(a, name, value), choice(pattern, .empty))
        case .attribute(let names, let content):
            guard takes(names, name) else { return .notAllowed }
            guard let value else { return .empty }
            return matches(content, value) ? .empty : .notAllowed
        default: return .notAllowed
        }
    }

    /// What is left once all attributes were seen.
    func close(_ pattern: Pattern) -> Pattern {
        let node = node(pattern)
        switch node {
        case .attribute: return .notAllowed
        case .after, .choice, .group, .interleave, .oneOrMore: break
        default: return pattern
        }
        if let known = closed[pattern] { return known }
        let result: Pattern
        switch node {
        case .after(let a, let b): result = after(close(a), b)
        case .choice(let parts): result = choice(parts.map(close))
        case .group(let a, let b): result = group(close(a), close(b))
        case .interleave(let a, let b): result = interleave(close(a), close(b))
        case .oneOrMore(let a): result = oneOrMore(close(a))
        default: result = pattern
        }
        closed[pattern] = result
        return result
    }

    /// What is left after character data.
    func text(_ pattern: Pattern, _ text: String) -> Pattern {
        switch node(pattern) {
        case .text: return pattern
        case .choice(let parts): return choice(parts.map { self.text($0, text) })
        case .after(let a, let b): return after(self.text(a, text), b)
        case .interleave(let a, let b):
            return choice(interleave(self.text(a, text), b), interleave(a, self.text(b, text)))
        case .group(let a, let b):
            let first = group(self.text(a, text), b)
            return nullable(a) ? choice(first, self.text(b, text)) : first
        case .oneOrMore(let a): return group(self.text(a, text), choice(pattern, .empty))
        case .value(let number, let isToken):
            let value = values[number]
            return (isToken ? Self.collapsed(text) == Self.collapsed(value) : text == value) ? .empty : .notAllowed
        case .data(let number):
            let data = data[number]
            guard datatypes.allows(text, data), data.except.map({ matches($0, text) }) != true else {
                return .notAllowed
            }
            return .empty
        case .list(let inner):
            let words = Self.collapsed(text).split(separator: " ").map(String.init)
            return nullable(words.reduce(inner) { self.text($0, $1) }) ? .empty : .notAllowed
        default: return .notAllowed
        }
    }

    /// Whether a value as a whole fits.
    func matches(_ pattern: Pattern, _ value: String) -> Bool {
        let isBlank = value.unicodeScalars.allSatisfy(XMLCharacters.isSpace)
        return (isBlank && nullable(pattern)) || nullable(text(pattern, value))
    }

    /// What follows the element, where its content may end here.
    func end(_ pattern: Pattern) -> Pattern { end(pattern, isLenient: false) }

    /// The same, whether or not the content may end here: for going on behind a mistake.
    func endAnyway(_ pattern: Pattern) -> Pattern { end(pattern, isLenient: true) }

    private func end(_ pattern: Pattern, isLenient: Bool) -> Pattern {
        switch node(pattern) {
        case .choice(let parts): choice(parts.map { end($0, isLenient: isLenient) })
        case .after(let a, let b): isLenient || nullable(a) ? b : .notAllowed
        default: .notAllowed
        }
    }

    static func collapsed(_ text: String) -> String {
        let isBlank = { (byte: UInt8) in byte == 32 || byte == 9 || byte == 10 || byte == 13 }
        if !text.utf8.contains(where: isBlank) { return text }
        return text.split(whereSeparator: { $0 == " " || $0 == "\t" || $0 == "\n" || $0 == "\r" }).joined(
            separator: " ")
    }
}

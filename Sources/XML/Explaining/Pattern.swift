/// A RELAX NG pattern after simplification, as a number in a `PatternTable`.
///
/// Equal patterns have equal numbers, so that comparing and remembering them is cheap.
struct Pattern: Hashable, Sendable, Comparable {
    var id: Int32
    static func < (a: Pattern, b: Pattern) -> Bool { a.id < b.id }

    static let notAllowed = Pattern(id: 0)
    static let empty = Pattern(id: 1)
    static let text = Pattern(id: 2)
}

/// What a pattern is made of: plain numbers, so that a schema of thousands of patterns is made and freed quickly. Names, values
/// and data are looked up in the table. `after` occurs only while a document is matched: the rest of an open element, and what
/// follows it.
enum PatternNode: Hashable {
    case notAllowed, empty, text
    case choice([Pattern])
    case interleave(Pattern, Pattern)
    case group(Pattern, Pattern)
    case oneOrMore(Pattern)
    case list(Pattern)
    case data(Int32)
    case value(Int32, isToken: Bool)
    case attribute(Int32, Pattern)
    /// The content is looked up by number, because elements may contain themselves.
    case element(Int32, content: Int32)
    case after(Pattern, Pattern)

    /// One number for the hasher, but for choices: nodes are looked up by the thousand.
    func hash(into hasher: inout Hasher) {
        switch self {
        case .notAllowed: hasher.combine(0 as UInt64)
        case .empty: hasher.combine(1 as UInt64)
        case .text: hasher.combine(2 as UInt64)
        case .choice(let parts):
            hasher.combine(Self.word(3, Int32(truncatingIfNeeded: parts.count), 0))
            for part in parts { hasher.combine(part.id) }
        case .interleave(let a, let b): hasher.combine(Self.word(4, a.id, b.id))
        case .group(let a, let b): hasher.combine(Self.word(5, a.id, b.id))
        case .oneOrMore(let a): hasher.combine(Self.word(6, a.id, 0))
        case .list(let a): hasher.combine(Self.word(7, a.id, 0))
        case .data(let number): hasher.combine(Self.word(8, number, 0))
        case .value(let number, let isToken): hasher.combine(Self.word(9, number, isToken ? 1 : 0))
        case .attribute(let names, let content): hasher.combine(Self.word(10, names, content.id))
        case .element(let names, let content): hasher.combine(Self.word(11, names, content))
        case .after(let a, let b): hasher.combine(Self.word(12, a.id, b.id))
        }
    }

    private static func word(_ kind: UInt64, _ a: Int32, _ b: Int32) -> UInt64 {
        kind << 60 ^ UInt64(UInt32(bitPattern: a)) << 30 ^ UInt64(UInt32(bitPattern: b))
    }
}

/// Values with a number each, the same for equal ones.
struct Numbered<Value: Hashable> {
    private var values: [Value] = []
    private var numbers: [Value: Int32] = [:]

    subscript(_ number: Int32) -> Value { values[Int(number)] }

    mutating func number(of value: Value) -> Int32 {
        let next = Int32(values.count)
        let number = numbers.found(value, orAdd: next)
        if number == next { values.append(value) }
        return number
    }
}

extension Dictionary {
    /// What is there, else what is added: looked up once.
    mutating func found(_ key: Key, orAdd value: Value) -> Value {
        func same(_ place: inout Value) -> Value { place }
        return same(&self[key, default: value])
    }
}

/// An XML Schema datatype with its facets in order.
struct DataPattern: Hashable, Sendable {
    struct Facet: Hashable, Sendable {
        var name: String
        var value: String
    }
    var type: String
    var facets: [Facet] = []
    /// What `<except>` takes away.
    var except: Pattern?
}

/// Which names an element or attribute pattern takes.
indirect enum NameClass: Hashable, Sendable {
    case name(ExpandedName)
    case any(except: NameClass?)
    case namespace(String, except: NameClass?)
    case choice([NameClass])

    func contains(_ name: ExpandedName) -> Bool {
        switch self {
        case .name(let own): own == name
        case .any(let except): except?.contains(name) != true
        case .namespace(let uri, let except): name.namespace == uri && except?.contains(name) != true
        case .choice(let classes): classes.contains { $0.contains(name) }
        }
    }

    /// The names that are spelt out, in order.
    var names: [ExpandedName] {
        switch self {
        case .name(let name): [name]
        case .choice(let classes): classes.flatMap(\.names)
        case .any, .namespace: []
        }
    }
}

/// A name with its namespace, empty for none.
struct ExpandedName: Hashable, Sendable {
    var namespace: String
    var local: String
}

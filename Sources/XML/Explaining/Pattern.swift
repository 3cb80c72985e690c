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

/// What a pattern is made of. `after` occurs only while a document is matched: the rest of an open element, and what
/// follows it.
enum PatternNode: Hashable {
    case notAllowed, empty, text
    case choice([Pattern])
    case interleave(Pattern, Pattern)
    case group(Pattern, Pattern)
    case oneOrMore(Pattern)
    case list(Pattern)
    case data(DataPattern)
    case value(String, isToken: Bool)
    case attribute(NameClass, Pattern)
    /// The content is looked up by number, because elements may contain themselves.
    case element(NameClass, content: Int)
    case after(Pattern, Pattern)
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

import BerthDiagnostics
import BerthPCI
import BerthPlacement
import BerthTopology

/// What a rule says: the judgement with its effect, and the statement by its parts.
///
/// One case has the whole sentence; others that rest on the same words have its values only.
struct Expectation: Sendable, CustomStringConvertible {
    enum Kind: Hashable, Sendable {
        case holds, costs
        case rejects(Effect)
        case loses(Effect)

        init(_ judgement: Judgement) {
            switch judgement {
            case .holds: self = .holds
            case .costs: self = .costs
            case .rejects(_, let effect): self = .rejects(effect)
            case .loses(_, let effect): self = .loses(effect)
            }
        }
    }

    var kind: Kind
    var statement: Statement?
    var help: Statement?
    /// Of the statement, in order.
    var values: [Statement.Part]

    static func holds(_ statement: Statement) -> Self { Self(.holds, statement, nil) }
    static func costs(_ statement: Statement, help: Statement? = nil) -> Self { Self(.costs, statement, help) }
    static func rejects(_ effect: Effect, _ statement: Statement, help: Statement? = nil) -> Self {
        Self(.rejects(effect), statement, help)
    }

    static func loses(_ effect: Effect, _ statement: Statement, help: Statement? = nil) -> Self {
        Self(.loses(effect), statement, help)
    }

    static func holds(with values: Statement.Part...) -> Self { Self(.holds, values) }
    static func costs(with values: Statement.Part...) -> Self { Self(.costs, values) }
    static func rejects(_ effect: Effect, with values: Statement.Part...) -> Self { Self(.rejects(effect), values) }

    private init(_ kind: Kind, _ statement: Statement, _ help: Statement?) {
        self.kind = kind
        self.statement = statement
        self.help = help
        values = statement.values
    }

    private init(_ kind: Kind, _ values: [Statement.Part]) {
        self.kind = kind
        self.values = values
    }

    func describes(_ judgement: Judgement) -> Bool {
        let fact = judgement.fact
        guard Kind(judgement) == kind, fact.statement.values == values else { return false }
        return statement.map { fact.statement == $0 && fact.remedy == help } ?? true
    }

    var description: String { "\(kind): \(statement.map { "\($0)" } ?? "\(values)")" }
}

extension Statement {
    /// What stands between the words.
    var values: [Part] { parts.filter { if case .words = $0 { false } else { true } } }
}

/// Parts as tests write them.
extension Statement.StringInterpolation {
    mutating func appendInterpolation(range first: UInt64, _ last: UInt64) { statement.append(.range(first, last)) }
    mutating func appendInterpolation(register name: String, _ offset: Int) {
        statement.append(.register(name, offset: offset))
    }
    mutating func appendInterpolation(_ product: Statement.Product, _ number: String) {
        statement.append(.release(product, number))
    }
}

extension Statement.Part {
    /// `00:03.0` of a root bus.
    static func slot(_ device: UInt8, _ function: UInt8 = 0, on bus: String = "pci.0") -> Self {
        .slot(SlotName(bus: bus, devfn: device << 3 | function), .short)
    }
}

/// How bad a finding is. Only an error makes a verdict "no".
package enum Severity: String, Sendable, Hashable, CaseIterable, Comparable {
    case note, warning, error

    package static func < (a: Severity, b: Severity) -> Bool { a.rank < b.rank }

    private var rank: Int {
        switch self {
        case .note: 0
        case .warning: 1
        case .error: 2
        }
    }
}

/// The name of a rule, as the catalogue lists it and as messages carry it in brackets.
package struct RuleID: RawRepresentable, Hashable, Sendable, Comparable, CustomStringConvertible,
    ExpressibleByStringLiteral
{
    package var rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }
    package init(stringLiteral value: String) { rawValue = value }
    package var description: String { rawValue }
    package static func < (a: RuleID, b: RuleID) -> Bool { a.rawValue < b.rawValue }
}

/// One problem of an input: where it is, what was found, what was expected, and what to do.
package struct Finding: Hashable, Sendable, CustomStringConvertible {
    package var severity: Severity
    /// Lower case, no full stop; user text in single quotes, addresses in hexadecimal.
    package var message: String
    package var rule: RuleID
    package var location: SourceLocation?
    /// The smallest change that helps, as an imperative; nil where none is known.
    package var fix: String?
    /// What the finding reports to have been assumed; nil for one that reports something else.
    package var assumption: Assumption?
    /// The line of the input that is meant, for showing it; nil where nobody looked it up.
    package var excerpt: SourceExcerpt?

    /// What is taken for granted until somebody knows better.
    package enum Assumption: Hashable, Sendable {
        /// Which IGD it is.
        case igdIdentity
    }

    package init(
        _ severity: Severity, _ message: String, rule: RuleID, at location: SourceLocation? = nil, fix: String? = nil,
        assuming assumption: Assumption? = nil
    ) {
        self.severity = severity
        self.message = message
        self.rule = rule
        self.location = location
        self.fix = fix
        self.assumption = assumption
    }

    /// `FILE:LINE:COLUMN: error: MESSAGE [rule-id]`, the place left out when there is none.
    package var description: String {
        let place = location.map { "\($0): " } ?? ""
        return "\(place)\(severity.rawValue): \(message) [\(rule)]"
    }
}

/// How bad a finding is; only an error makes a verdict "no".
public enum Severity: String, Sendable, Hashable, CaseIterable, Comparable {
    /// Worth knowing; nothing is wrong.
    case note
    /// Something is lost or doubtful, and nothing is refused.
    case warning
    /// The input, or what was asked for, is refused.
    case error

    /// Notes before warnings before errors.
    public static func < (a: Severity, b: Severity) -> Bool { a.rank < b.rank }

    private var rank: Int {
        switch self {
        case .note: 0
        case .warning: 1
        case .error: 2
        }
    }
}

/// The name of a rule, as the catalogue lists it and as messages carry it in brackets.
public struct RuleID: RawRepresentable, Hashable, Sendable, Comparable, CustomStringConvertible,
    ExpressibleByStringLiteral
{
    /// Lower-case words joined by hyphens: `pci-double-use`.
    public let rawValue: String

    /// Takes any text; whether there is such a rule, the catalogue knows.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// Takes any text; whether there is such a rule, the catalogue knows.
    public init(stringLiteral value: String) { rawValue = value }

    /// The name alone, without brackets.
    public var description: String { rawValue }

    /// In the order of the alphabet.
    public static func < (a: RuleID, b: RuleID) -> Bool { a.rawValue < b.rawValue }
}

/// One problem of an input: where it is, what was found, what was expected, and what to do.
public struct Finding: Hashable, Sendable, CustomStringConvertible {
    /// How bad it is.
    public package(set) var severity: Severity
    /// Lower case, no full stop; user text in single quotes, addresses in hexadecimal.
    public package(set) var message: String
    /// Who says so.
    public package(set) var rule: RuleID
    /// Where it is; nil where the whole input is meant, or where there is none.
    public package(set) var location: InputLocation?
    /// The smallest change that helps, as an imperative; nil where none is known.
    public package(set) var fix: String?
    /// What the finding reports to have been assumed; nil for one that reports something else.
    package var assumption: Assumption?
    /// The line of the input that is meant, for showing it; nil where nobody looked it up.
    public package(set) var excerpt: SourceExcerpt?

    /// What is taken for granted until somebody knows better.
    package enum Assumption: Hashable, Sendable {
        /// Which IGD it is.
        case igdIdentity
        /// How wide the host's physical addresses are.
        case hostAddressBits
        /// That a configuration file of QEMU's is the one that Proxmox ships.
        case shippedConfiguration
        /// Which OS runs, by what it is given.
        case guestOS
    }

    package init(
        _ severity: Severity, _ message: String, rule: RuleID, at location: InputLocation? = nil, fix: String? = nil,
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
    public var description: String {
        let place = location.map { "\($0): " } ?? ""
        return "\(place)\(severity.rawValue): \(message) [\(rule)]"
    }
}

/// An input that cannot be used at all, with every finding that says why.
///
/// "No" as an answer (an infeasible plan, an invalid document) is a value, never this error.
public struct InputError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Decides the exit status: 65 for unusable data, 66 for an input that is not there.
    public enum Kind: Hashable, Sendable { case unusable, missing }

    public var kind: Kind
    public var findings: [Finding]

    public init(_ kind: Kind = .unusable, _ findings: [Finding]) {
        self.kind = kind
        self.findings = findings
    }

    /// One finding, the usual case.
    public init(_ message: String, rule: RuleID, at location: SourceLocation? = nil, kind: Kind = .unusable) {
        self.init(kind, [Finding(.error, message, rule: rule, at: location)])
    }

    public var description: String { findings.map(\.description).joined(separator: "\n") }
}

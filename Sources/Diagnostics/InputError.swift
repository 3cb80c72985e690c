/// An input that cannot be used at all, with every finding that says why.
///
/// "No" as an answer (an infeasible plan, an invalid document) is a value, never this error.
public struct InputError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong with the input as a whole.
    public enum Kind: Hashable, Sendable {
        /// It is there and cannot be used; exit status 65 of the tool.
        case unusable
        /// It is not there; exit status 66 of the tool.
        case missing
        /// A name or a value that the caller gives and nobody knows; exit status 64 of the tool.
        case usage
        /// The output cannot be written; exit status 73 of the tool.
        case notWritable
    }

    /// What is wrong with the input as a whole.
    public package(set) var kind: Kind
    /// At least one error; warnings that were found with it may stand beside it.
    public package(set) var findings: [Finding]

    package init(_ kind: Kind = .unusable, _ findings: [Finding]) {
        self.kind = kind
        self.findings = findings
    }

    /// One finding, the usual case.
    package init(_ message: String, rule: RuleID, at location: InputLocation? = nil, kind: Kind = .unusable) {
        self.init(kind, [Finding(.error, message, rule: rule, at: location)])
    }

    /// One finding a line.
    public var description: String { findings.map(\.description).joined(separator: "\n") }
}

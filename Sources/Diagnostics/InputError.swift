/// An input that cannot be used at all, with every finding that says why.
///
/// "No" as an answer (an infeasible plan, an invalid document) is a value, never this error.
package struct InputError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Decides the exit status: 65 for unusable data, 66 for an input that is not there, 64 for an option that cannot be meant,
    /// 73 for an output that cannot be written.
    package enum Kind: Hashable, Sendable { case unusable, missing, usage, notWritable }

    package var kind: Kind
    package var findings: [Finding]

    package init(_ kind: Kind = .unusable, _ findings: [Finding]) {
        self.kind = kind
        self.findings = findings
    }

    /// One finding, the usual case.
    package init(_ message: String, rule: RuleID, at location: SourceLocation? = nil, kind: Kind = .unusable) {
        self.init(kind, [Finding(.error, message, rule: rule, at: location)])
    }

    package var description: String { findings.map(\.description).joined(separator: "\n") }
}

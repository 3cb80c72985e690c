public import BerthDiagnostics
import BerthPlacement
import BerthReport

/// Why there is no plan: a statement, and what it follows from.
public struct Explanation: Hashable, Sendable, CustomStringConvertible {
    /// Lower case, no full stop.
    public let statement: String
    /// The rule that it rests on; nil for a conclusion, and for what the guest needs.
    public let rule: RuleID?
    /// What it follows from, all of it together; empty for what is known without further reason.
    public let because: [Explanation]

    init(_ explanation: BerthPlacement.Explanation) { self.init(ExplanationEntry(explanation)) }

    private init(_ entry: ExplanationEntry) {
        statement = entry.statement
        rule = entry.rule.map(RuleID.init(rawValue:))
        because = (entry.because ?? []).map(Explanation.init)
    }

    /// One statement a line, each further in than what follows from it.
    public var description: String { lines(0).joined(separator: "\n") }

    private func lines(_ depth: Int) -> [String] {
        [String(repeating: "  ", count: depth) + statement] + because.flatMap { $0.lines(depth + 1) }
    }
}

/// One checked statement about a guest or a placement, with the numbers it rests on.
///
/// Rules produce facts, reports render them: text, JSON and Markdown are made from the same value.
package struct Fact: Hashable, Sendable, CustomStringConvertible {
    /// A named number of a fact; the unit is part of the case.
    package enum Quantity: Hashable, Sendable {
        case bytes(UInt64)
        case address(UInt64)
        case count(Int)
        case text(String)
    }

    package var rule: RuleID
    package var statement: Statement
    package var quantities: [String: Quantity]
    /// The smallest change known to make the statement harmless; nil when the fact hurts nobody.
    package var remedy: Statement?

    package init(
        _ rule: RuleID, _ statement: Statement, _ quantities: [String: Quantity] = [:], remedy: Statement? = nil
    ) {
        self.rule = rule
        self.statement = statement
        self.quantities = quantities
        self.remedy = remedy
    }

    package var description: String { "\(statement) [\(rule)]" }
}

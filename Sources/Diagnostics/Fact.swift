/// One checked statement about a guest or a placement, with the numbers it rests on.
///
/// Rules produce facts, reports render them: text, JSON and Markdown are made from the same value.
public struct Fact: Hashable, Sendable, CustomStringConvertible {
    /// A named number of a fact; the unit is part of the case.
    public enum Quantity: Hashable, Sendable {
        case bytes(UInt64)
        case address(UInt64)
        case count(Int)
        case text(String)
    }

    public var rule: RuleID
    /// Lower case, no full stop.
    public var statement: String
    public var quantities: [String: Quantity]
    /// The smallest change known to make the statement harmless; nil when the fact hurts nobody.
    public var remedy: String?

    public init(
        _ rule: RuleID, _ statement: String, _ quantities: [String: Quantity] = [:], remedy: String? = nil
    ) {
        self.rule = rule
        self.statement = statement
        self.quantities = quantities
        self.remedy = remedy
    }

    public var description: String { "\(statement) [\(rule)]" }
}

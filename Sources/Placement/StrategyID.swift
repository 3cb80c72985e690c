/// The name of a strategy, as the command line and `Catalog.strategies` have it.
public struct StrategyID: RawRepresentable, Hashable, Sendable, Comparable, CustomStringConvertible,
    ExpressibleByStringLiteral
{
    /// Lower-case words joined by hyphens: `firmware-reserved`.
    public let rawValue: String

    /// Takes any text; a planner refuses a name that it does not have.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// Takes any text; a planner refuses a name that it does not have.
    public init(stringLiteral value: String) { rawValue = value }

    /// The name.
    public var description: String { rawValue }

    /// In the order of the alphabet.
    public static func < (a: StrategyID, b: StrategyID) -> Bool { a.rawValue < b.rawValue }
}

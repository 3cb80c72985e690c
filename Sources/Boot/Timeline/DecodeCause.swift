/// Why a BAR comes or goes.
public struct DecodeCause: Hashable, Sendable, CustomStringConvertible {
    /// A clause for people: `sizes BAR 3`.
    public var description: String
    /// `file@version function`.
    public var source: String

    public init(_ description: String, source: String) {
        self.description = description
        self.source = source
    }
}

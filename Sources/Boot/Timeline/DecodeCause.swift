/// Why a BAR comes or goes.
package struct DecodeCause: Hashable, Sendable, CustomStringConvertible {
    /// A clause for people: `sizes BAR 3`.
    package var description: String
    /// `file@version function`.
    package var source: String

    package init(_ description: String, source: String) {
        self.description = description
        self.source = source
    }
}

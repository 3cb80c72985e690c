package import BerthTopology

/// The answer of `plan` and `compare` for a guest that has a share of the host's graphics: nothing has to be placed.
package struct SharedGraphicsDocument: Codable, Hashable, Sendable {
    package var name: String
    /// Always true; what a program looks for.
    package var nothingToPlace: Bool
    /// Which device it is, and why there is nothing.
    package var reason: String
    /// What must not be done.
    package var advice: String

    package init(_ shared: SharedGraphics, of topology: GuestTopology) {
        name = topology.name
        nothingToPlace = true
        reason = shared.statement
        advice = shared.advice
    }

    /// For people; Markdown needs no other.
    package var text: String { "\(name): \(reason)\n\(advice)\n" }
}

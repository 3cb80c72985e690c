import BerthDiagnostics

/// A word that stands for none of the things there are, with those that may have been meant.
public struct UnknownName: Error, Hashable, Sendable, CustomStringConvertible {
    /// What was written.
    public let text: String
    /// What can be written instead, nearest first; empty where nothing is near.
    public let near: [String]
    private let reason: String

    /// One of a few names.
    package init(_ text: String, notOneOf names: [String]) {
        self.text = text
        near = NearestName.of(text, among: names).map { [$0] } ?? []
        reason = "is not one of \(names.joined(separator: ", "))\(NearestName.hint(text, among: names))"
    }

    /// One of many releases, of which `from` is the oldest and `to` the newest.
    package init(_ text: String, releaseOf product: String, near: [String], from: String, to: String) {
        self.text = text
        self.near = near
        let others =
            near.isEmpty
            ? "known are \(from) to \(to)" : "near \(near.count == 1 ? "is" : "are") \(near.joined(separator: " and "))"
        reason = "is no release of \(product) that is known; \(others)"
    }

    /// One sentence, lower case, with what can be written instead.
    public var description: String { "'\(text)' \(reason)" }
}

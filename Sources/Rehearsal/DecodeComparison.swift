import BerthBoot
import BerthDiagnostics

/// Holds two decode sequences against each other, BAR by BAR: the order between devices is nobody's promise.
enum DecodeComparison {
    private struct Key: Hashable, Comparable {
        var bdf: String
        var bar: Int
        static func < (a: Key, b: Key) -> Bool { (a.bdf, a.bar) < (b.bdf, b.bar) }
    }

    /// Nil if there is none, or if nothing was recorded.
    static func firstDifference(
        _ predicted: [Observation.DecodeEvent], _ observed: [Observation.DecodeEvent]?
    ) -> String? {
        guard let observed else { return nil }
        let ours = Dictionary(grouping: predicted) { Key(bdf: $0.bdf, bar: $0.bar) }
        let theirs = Dictionary(grouping: observed) { Key(bdf: $0.bdf, bar: $0.bar) }
        for key in Set(ours.keys).union(theirs.keys).sorted() where ours[key] != theirs[key] {
            return "decode of \(key.bdf) BAR \(key.bar): \(text(ours[key])), observed \(text(theirs[key]))"
        }
        return nil
    }

    private static func text(_ events: [Observation.DecodeEvent]?) -> String {
        (events ?? []).map { ($0.event == "map" ? "+" : "-") + Hexadecimal.plain($0.address) }.joined(separator: " ")
    }
}

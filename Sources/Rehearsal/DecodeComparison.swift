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
    ///
    /// `repeatable` is what may follow any number of times: a guest without an OS goes on to boot from the
    /// network, and a recording ends somewhere in it.
    static func firstDifference(
        _ predicted: [Observation.DecodeEvent], _ observed: [Observation.DecodeEvent]?,
        repeatable: [Observation.DecodeEvent]
    ) -> String? {
        guard let observed else { return nil }
        let key = { (event: Observation.DecodeEvent) in Key(bdf: event.bdf, bar: event.bar) }
        let ours = Dictionary(grouping: predicted, by: key)
        let theirs = Dictionary(grouping: observed, by: key)
        let tails = Dictionary(grouping: repeatable, by: key)
        for key in Set(ours.keys).union(theirs.keys).sorted() {
            let (expected, seen, tail) = (ours[key] ?? [], theirs[key] ?? [], tails[key] ?? [])
            if expected == seen { continue }
            if !tail.isEmpty, seen.starts(with: expected), isRepetition(seen.dropFirst(expected.count), of: tail) {
                continue
            }
            return "decode of \(key.bdf) BAR \(key.bar): \(text(expected)), observed \(text(seen))"
        }
        return nil
    }

    private static func isRepetition(
        _ events: ArraySlice<Observation.DecodeEvent>, of block: [Observation.DecodeEvent]
    ) -> Bool {
        events.count % block.count == 0
            && zip(events, events.indices).allSatisfy { event, index in
                event == block[(index - events.startIndex) % block.count]
            }
    }

    private static func text(_ events: [Observation.DecodeEvent]) -> String {
        events.map { ($0.event == "map" ? "+" : "-") + Hexadecimal.plain($0.address) }.joined(separator: " ")
    }
}

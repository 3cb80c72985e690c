package import BerthDiagnostics

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Facts that a rehearsal is held against in place of the prediction: what an earlier one, of another QEMU or firmware say, wrote as
/// JSON, or what somebody believes.
package struct ExpectedFacts: Hashable, Sendable {
    private struct Document: Decodable {
        struct Fact: Decodable {
            var kind: RehearsalRow.Kind
            var place: String
            var predicted: String?
        }
        var facts: [Fact]
    }

    private struct Key: Hashable {
        var kind: RehearsalRow.Kind
        var place: String
        /// Bus numbers may repeat, and places with them.
        var count: Int
    }

    private var predicted: [Key: String?] = [:]
    private var order: [Key] = []

    /// Errors: what is no JSON of a rehearsal.
    package init(_ bytes: [UInt8], file: String) throws(InputError) {
        let document: Document
        do {
            document = try JSONDecoder().decode(Document.self, from: Data(bytes))
        } catch {
            throw InputError(
                "no facts of a rehearsal; expected what 'berth rehearse --format json' writes", rule: "expected-facts",
                at: SourceLocation(file: file))
        }
        var counts = Counts()
        for fact in document.facts {
            let key = counts.key(fact.kind, fact.place)
            predicted[key] = .some(fact.predicted)
            order.append(key)
        }
    }

    /// What was observed beside what is expected; what only one of the two has, is a row of its own.
    package func beside(_ rows: [RehearsalRow]) -> [RehearsalRow] {
        var counts = Counts()
        var seen: Set<Key> = []
        var result = rows.map { row in
            let key = counts.key(row.kind, row.place)
            seen.insert(key)
            var copy = row
            copy.predicted = predicted[key] ?? nil
            return copy
        }
        for key in order where !seen.contains(key) {
            result.append(RehearsalRow(key.kind, key.place, predicted: predicted[key] ?? nil, observed: nil))
        }
        return result.filter { $0.predicted != nil || $0.observed != nil }
    }

    private struct Counts {
        private var known: [Key: Int] = [:]

        mutating func key(_ kind: RehearsalRow.Kind, _ place: String) -> Key {
            let first = Key(kind: kind, place: place, count: 0)
            known[first, default: 0] += 1
            return Key(kind: kind, place: place, count: known[first] ?? 0)
        }
    }
}

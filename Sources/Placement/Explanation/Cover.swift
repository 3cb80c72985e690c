import BerthDiagnostics
import BerthTopology

/// The fewest facts that reject every berth of a list.
enum Cover {
    struct Group: Sendable {
        var fact: Fact
        var berths: [RegionBerth]
    }

    /// Beyond, the first fact of each berth has to do.
    private static let most = 8

    /// Two berths share a fact if it says the same of both but for their places.
    static func smallest(_ rows: [(RegionBerth, [Fact])]) -> [Group] {
        var known: [Claim: Int] = [:]
        var facts: [Fact] = []
        let keys = rows.map { berth, own in
            own.map { fact -> Int in
                let claim = Claim(fact, of: berth)
                if let index = known[claim] { return index }
                known[claim] = facts.count
                facts.append(fact)
                return facts.count - 1
            }
        }
        // One more fact after the other: the first set that covers all is a smallest one.
        var chosen: [Int]?
        for count in 0...most where chosen == nil { chosen = cover(keys, [], count) }
        let set = (chosen ?? Array(Set(keys.compactMap(\.first)))).sorted()
        var groups = set.map { Group(fact: facts[$0], berths: []) }
        for (row, own) in zip(rows, keys) {
            if let index = set.firstIndex(where: own.contains) { groups[index].berths.append(row.0) }
        }
        return groups.filter { !$0.berths.isEmpty }
    }

    private static func cover(_ keys: [[Int]], _ chosen: [Int], _ left: Int) -> [Int]? {
        let open = keys.first { own in !own.isEmpty && !own.contains(where: chosen.contains) }
        guard let open else { return chosen }
        guard left > 0 else { return nil }
        for key in open {
            if let found = cover(keys, chosen + [key], left - 1) { return found }
        }
        return nil
    }

    /// What a fact says of a berth, whatever the berth's place.
    private struct Claim: Hashable {
        var rule: RuleID
        var statement: Statement

        /// Of no bus.
        private static let anywhere = SlotName(bus: "", devfn: 0)

        init(_ fact: Fact, of berth: RegionBerth) {
            rule = fact.rule
            statement = berth.slot.map { fact.statement.saying(Self.anywhere, insteadOf: $0.named) } ?? fact.statement
        }
    }
}

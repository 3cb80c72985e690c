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
        var names: [String] = []
        var facts: [Fact] = []
        let keys = rows.map { berth, own in
            own.map { fact -> Int in
                let name = "\(fact.rule) \(statement(fact, without: berth))"
                if let known = names.firstIndex(of: name) { return known }
                names.append(name)
                facts.append(fact)
                return names.count - 1
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

    private static func statement(_ fact: Fact, without berth: RegionBerth) -> String {
        guard let slot = berth.slot else { return fact.statement }
        return fact.statement.split(separator: slot.slotText, omittingEmptySubsequences: false).joined(separator: "_")
    }
}

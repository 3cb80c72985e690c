import BerthPCI

extension [ResourceNode] {
    /// The list that inserting these nodes one after the other makes.
    ///
    /// EDK2 puts a node at the head and lets it sink past nodes of larger alignment, and of equal alignment
    /// and larger `rest` unless its own is 0. So among equals the last comes first, and a node without a
    /// rest is a barrier: what comes later stays before it. Nodes between two barriers are sorted by
    /// rest. That is one sort by alignment, barriers passed, rest and arrival, all descending.
    ///
    /// Source: `InsertResourceNode` in PciBusDxe/PciResourceSupport.c @ edk2-stable202211.
    func inListOrder() -> [ResourceNode] {
        if isAscending { return reversed() }
        var barriers: [UInt64: Int] = [:]
        let keys = indices.map { index in
            let node = self[index]
            if node.rest == 0 { barriers[node.alignment, default: 0] += 1 }
            return Key(
                alignment: node.alignment, barriers: barriers[node.alignment] ?? 0, rest: node.rest, arrival: index)
        }
        return keys.sorted { $1 < $0 }.map { self[$0.arrival] }
    }

    /// Whether each node goes to the head and stays there, as where all BARs are alike.
    private var isAscending: Bool {
        indices.dropFirst().allSatisfy { index in
            let (before, node) = (self[index - 1], self[index])
            if node.alignment != before.alignment { return node.alignment > before.alignment }
            return node.rest == 0 || node.rest >= before.rest
        }
    }

    private struct Key: Comparable {
        var alignment: UInt64
        var barriers: Int
        var rest: UInt64
        var arrival: Int

        static func < (a: Key, b: Key) -> Bool {
            (a.alignment, a.barriers, a.rest, a.arrival) < (b.alignment, b.barriers, b.rest, b.arrival)
        }
    }
}

import BerthPCI
import BerthTopology

/// Which candidates are equal under symmetry: the same change to functions that are alike, on buses that are.
///
/// Exchanging two such functions turns the guest into itself, so everything that does not look at the order
/// of slots says the same of both. What looks at the order (firmware places BARs of equal size by slot) moves a
/// candidate monotonously along its equals: of a run both ends are judged, and where they agree, all
/// between them do; else the run is halved.
struct Symmetry: Sendable {
    private let request: Request
    /// Fewer candidates are not worth looking for equals.
    private static let fewest = 8

    init(_ request: Request) { self.request = request }

    func collapsed(_ lists: PerRegion<[Candidate]>) -> PerRegion<[Candidate]> {
        guard lists.both.contains(where: { $0.count >= Self.fewest }) else { return lists }
        let shapes = Shapes(request.tree)
        return lists.map { $0.count >= Self.fewest ? collapsed($0, shapes) : $0 }
    }

    /// The candidates with every run of equals behind its first two members.
    ///
    /// Two, because of two regions on one function only one can have it.
    private func collapsed(_ candidates: [Candidate], _ shapes: Shapes) -> [Candidate] {
        var kept: [Candidate] = []
        var runs: [Key: Int] = [:]
        for candidate in Candidate.ordered(candidates, root: request.topology.rootBus) {
            guard let key = Key(candidate, shapes, request) else {
                kept.append(candidate)
                continue
            }
            guard let index = runs[key] else {
                runs[key] = kept.count
                var first = candidate
                first.isAlone = true
                kept.append(first)
                continue
            }
            if kept[index].isAlone {
                // The second member, which from now on carries the run.
                kept[index].isAlone = false
                runs[key] = kept.count
                kept.append(candidate)
            } else {
                kept[index].equals.append(candidate.proposal)
            }
        }
        return kept
    }

    /// What the rules say of every member of a run.
    func options(
        _ candidate: Candidate, _ region: Region, beside partner: Proposal, _ search: PairSearch
    ) -> [Planning.Option] {
        let members = candidate.members
        var options: [Planning.Option?] = Array(repeating: nil, count: members.count)
        let judge = { (index: Int) -> Planning.Option in
            let own = members[index]
            return Planning.Option(own.berth, search.judge(PerRegion(own, for: region, other: partner)))
        }
        // The partner's own slot is unlike all others.
        let special = partner.berth.slot.map { slot in members.indices.filter { members[$0].berth.slot == slot } } ?? []
        var waiting: [Range<Int>] = []
        var start = 0
        for index in special {
            options[index] = judge(index)
            if start < index { waiting.append(start..<index) }
            start = index + 1
        }
        if start < members.count { waiting.append(start..<members.count) }
        while let range = waiting.popLast() {
            let last = range.upperBound - 1
            let first = options[range.lowerBound] ?? judge(range.lowerBound)
            options[range.lowerBound] = first
            guard last > range.lowerBound else { continue }
            let end = options[last] ?? judge(last)
            options[last] = end
            let template = Renaming(first, members[range.lowerBound])
            if template.option(for: members[last]).saysTheSame(as: end) {
                for index in range.dropFirst().dropLast() { options[index] = template.option(for: members[index]) }
            } else if last > range.lowerBound + 1 {
                let middle = (range.lowerBound + last) / 2
                waiting += [range.lowerBound..<middle + 1, middle..<last + 1]
            }
        }
        return options.compactMap { $0 }
    }

    /// Equal for candidates that the symmetry takes to each other.
    private struct Key: Hashable {
        var berth: RegionBerth
        var edit: TopologyEdit
        var function: Int?
        var buses: [Int]

        init?(_ candidate: Candidate, _ shapes: Shapes, _ request: Request) {
            guard case .bar(let slot, let bar, let carrier) = candidate.berth.backing else { return nil }
            let isRoot = slot.bus == request.topology.rootBus
            // These slots mean something to firmware and QEMU.
            if isRoot, [0, 1, 2, 0x1f].contains(slot.device) || slot.device == request.igd.slot.device { return nil }
            guard let place = shapes.place(of: slot) else { return nil }
            function = place.function
            buses = place.buses
            let nowhere = Slot("", devfn: 0)
            berth = candidate.berth
            berth.backing = .bar(nowhere, bar, carrier: carrier)
            edit = candidate.proposal.edit
            for index in edit.addedBARs.indices {
                guard edit.addedBARs[index].slot == slot else { return nil }
                edit.addedBARs[index].slot = nowhere
            }
            for index in edit.devices.indices {
                guard edit.devices[index].slot == slot else { return nil }
                edit.devices[index].slot = nowhere
            }
        }

        /// Of what tells most candidates apart; the rest is compared.
        func hash(into hasher: inout Hasher) {
            hasher.combine(berth.strategy)
            hasher.combine(berth.reserved)
            if case .bar(_, let bar, _) = berth.backing { hasher.combine(bar) }
            hasher.combine(function)
            hasher.combine(buses)
        }
    }
}

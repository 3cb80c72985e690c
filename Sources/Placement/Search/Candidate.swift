import BerthPCI
import BerthTopology

/// A proposal with what the order of plans knows of it before anything is simulated.
struct Candidate: Sendable {
    var proposal: Proposal
    /// Place of the strategy in the catalogue.
    var rank: Int
    /// The symmetric candidates behind it that it stands for, in the order of plans.
    var equals: [Proposal] = []
    /// The first of a run, which the second carries on.
    var isAlone = false

    var berth: RegionBerth { proposal.berth }

    init(_ proposal: Proposal, rank: Int) {
        self.proposal = proposal
        self.rank = rank
    }

    /// Itself and those that it stands for.
    var members: [Proposal] { [proposal] + equals }

    /// Whether it adds a function or a BAR: without, it takes nothing from the other region.
    var changesTree: Bool { proposal.edit.changesTree }

    /// In the order in which ties between plans are broken; of equals, the first stays the first.
    static func ordered(_ candidates: [Candidate], root: BusName) -> [Candidate] {
        var names: Set<BusName> = []
        for case let bus? in candidates.lazy.map({ $0.berth.slot?.bus }) where bus != root { names.insert(bus) }
        let buses = Dictionary(uniqueKeysWithValues: names.sorted().enumerated().map { ($1, 2 + $0) })
        var keys = candidates.enumerated().map { TieBreak($1, offset: $0, buses) }
        guard zip(keys, keys.dropFirst()).contains(where: { $1 < $0 }) else { return candidates }
        keys.sort()
        return keys.map { candidates[$0.offset] }
    }

    /// The tie-break of plans, in plain numbers: strategy, bus (the root bus first), slot, register, size, fixed address.
    private struct TieBreak: Comparable {
        let rank: Int
        /// The root bus, then those without a bus, then the others by name.
        let bus: Int
        let devfn: UInt8
        let register: Int
        let reserved: UInt64
        let fixedAddress: UInt64
        let offset: Int

        /// `buses`: all but the root bus.
        init(_ candidate: Candidate, offset: Int, _ buses: [BusName: Int]) {
            rank = candidate.rank
            self.offset = offset
            reserved = candidate.berth.reserved.rawValue
            (bus, devfn, register, fixedAddress) =
                switch candidate.berth.backing {
                case .bar(let slot, let index, _): (buses[slot.bus] ?? 0, slot.devfn, index.position, 0)
                case .hostMemory(let address): (1, 0, 0, address.rawValue)
                case .range(let address): (1, 0, 0, address?.rawValue ?? 0)
                case .nothing, .reservedRAM: (1, 0, 0, 0)
                }
        }

        static func < (a: TieBreak, b: TieBreak) -> Bool {
            let left = (a.rank, a.bus, a.devfn, a.register, a.reserved, a.fixedAddress)
            let right = (b.rank, b.bus, b.devfn, b.register, b.reserved, b.fixedAddress)
            return left == right ? a.offset < b.offset : left < right
        }
    }
}

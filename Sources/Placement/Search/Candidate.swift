import BerthPCI
import BerthTopology

/// A proposal with what the order of plans knows of it before anything is simulated.
struct Candidate: Sendable {
    var proposal: Proposal
    /// Place of the strategy in the catalogue.
    var rank: Int
    /// The symmetric candidates that it stands for, itself first, in the order of plans.
    var members: [Proposal]
    /// The first of a run, which the second carries on.
    var isAlone = false

    var berth: RegionBerth { proposal.berth }

    init(_ proposal: Proposal, rank: Int) {
        self.proposal = proposal
        self.rank = rank
        members = [proposal]
    }

    /// Whether it adds a function or a BAR: without, it takes nothing from the other region.
    var changesTree: Bool { proposal.edit.changesTree }

    /// The tie-break of plans: strategy, bus (the root bus first), slot, register, size, fixed address.
    static func precedes(_ a: Candidate, _ b: Candidate, root: BusName) -> Bool {
        if a.rank != b.rank { return a.rank < b.rank }
        if a.berth.slot?.bus != b.berth.slot?.bus {
            let (left, right) = (a.berth.slot?.bus, b.berth.slot?.bus)
            if (left == root) != (right == root) { return left == root }
            return (left?.rawValue ?? "") < (right?.rawValue ?? "")
        }
        let (left, right) = (a.berth.slot?.devfn ?? 0, b.berth.slot?.devfn ?? 0)
        if left != right { return left < right }
        if a.register != b.register { return a.register < b.register }
        if a.berth.reserved != b.berth.reserved { return a.berth.reserved < b.berth.reserved }
        return a.fixedAddress < b.fixedAddress
    }

    private var fixedAddress: UInt64 {
        switch berth.backing {
        case .hostMemory(let address): address.rawValue
        case .range(let address): address?.rawValue ?? 0
        case .nothing, .reservedRAM, .bar: 0
        }
    }

    private var register: Int {
        if case .bar(_, let index, _) = berth.backing { index.position } else { 0 }
    }
}

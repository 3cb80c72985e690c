import BerthBoot
import BerthTopology
import Synchronization

/// What becomes of one guest, worked out when a rule first asks for it and then kept.
///
/// Candidates with the same edits share one, and a candidate that is rejected for what it is (its driver, its
/// generation) costs none. What is computed depends on the guest alone, so the order in which rules ask changes
/// nothing.
final class Simulation: Sendable {
    /// The guest with all edits made.
    let topology: GuestTopology
    let qemu: IGDInQEMU?
    private let edits: [TopologyEdit]
    private let trees: BootedTrees
    private let known = Mutex<[RegionConsumer]?>(nil)
    private let knownTree = Mutex<BootedTree?>(nil)

    /// `edits` are in the topology already.
    init(_ topology: GuestTopology, made edits: [TopologyEdit], _ trees: BootedTrees) {
        self.topology = topology
        qemu = IGDInQEMU(topology)
        self.edits = edits
        self.trees = trees
    }

    /// The guest as it is, sharing nothing.
    convenience init(_ topology: GuestTopology) {
        self.init(topology, made: [], BootedTrees(GuestTree(topology)))
    }

    /// The guest with all proposals made.
    convenience init(_ topology: GuestTopology, _ proposals: [Proposal], _ trees: BootedTrees) {
        var topology = topology
        for proposal in proposals { proposal.edit.apply(to: &topology) }
        self.init(topology, made: proposals.map(\.edit), trees)
    }

    /// The same guest under another OS: nothing up to the firmware's end looks at it.
    init(_ guest: GuestOS, sharing other: Simulation) {
        var topology = other.topology
        topology.guest = guest
        self.topology = topology
        qemu = other.qemu
        edits = other.edits
        trees = other.trees
    }

    private var booted: BootedTree {
        knownTree.withLock { known in
            if let known { return known }
            let made = trees.tree(topology, edits, qemu)
            known = made
            return made
        }
    }

    var resolved: BootedTree.Resolved { booted.resolved }
    var outcome: FirmwareOutcome { booted.outcome }

    /// What the OS makes of it; nil where it never runs.
    var guest: GuestOutcome? { booted.guest(topology.guest, watching: nil) }

    /// The same, with the timeline of the carriers and of the bridges above them only.
    func guest(watching carriers: [Slot]) -> GuestOutcome? { booted.guest(topology.guest, watching: carriers) }

    var consumers: [RegionConsumer] {
        known.withLock { known in
            if let known { return known }
            let made = RegionConsumers.of(topology)
            known = made
            return made
        }
    }
}

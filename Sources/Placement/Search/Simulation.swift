import BerthBoot
import BerthDiagnostics
import BerthTopology
import Synchronization

/// What becomes of one guest, worked out when a rule first asks for it and then kept.
///
/// Candidates with the same edits share one simulation, and a candidate that is rejected for what it is (its
/// driver, its generation) costs none. What is computed depends on the guest alone, so the order in which
/// rules ask changes nothing.
final class Simulation: Sendable {
    /// The guest with all edits made.
    let topology: GuestTopology
    private let state = Mutex(State())

    private struct State {
        var resolved: Resolved?
        var outcome: FirmwareOutcome?
        var guest: GuestOutcome?
        /// By the carriers that are watched.
        var watched: [[Slot]: GuestOutcome] = [:]
        var consumers: [RegionConsumer]?
        var qemu: IGDInQEMU??
    }

    struct Resolved: Sendable {
        var tree: PCITree
        /// Findings of the guest itself that QEMU would refuse.
        var conflicts: [Finding]
    }

    init(_ topology: GuestTopology) { self.topology = topology }

    /// The same guest under another OS: tree and firmware do not look at it, so what `other` found stays.
    init(_ guest: GuestOS, sharing other: Simulation) {
        var topology = other.topology
        topology.guest = guest
        self.topology = topology
        let (resolved, outcome) = (other.resolved, other.outcome)
        state.withLock {
            $0.resolved = resolved
            $0.outcome = outcome
        }
    }

    var resolved: Resolved {
        if let known = state.withLock({ $0.resolved }) { return known }
        let (tree, findings) = topology.resolve()
        let made = Resolved(tree: tree, conflicts: findings.filter { $0.severity == .error })
        state.withLock { $0.resolved = made }
        return made
    }

    var outcome: FirmwareOutcome {
        if let known = state.withLock({ $0.outcome }) { return known }
        let made = FirmwareModels.model(for: topology.firmware).boot(topology, resolved.tree)
        state.withLock { $0.outcome = made }
        return made
    }

    /// What the OS makes of it; nil where it never runs.
    var guest: GuestOutcome? {
        if let known = state.withLock({ $0.guest }) { return known }
        guard outcome.halted == nil else { return nil }
        let made = GuestOSModels.model(for: topology.guest).run(topology, resolved.tree, after: outcome)
        state.withLock { $0.guest = made }
        return made
    }

    /// The same, with the timeline of the carriers and of the bridges above them only.
    func guest(watching carriers: [Slot]) -> GuestOutcome? {
        if let known = state.withLock({ $0.guest ?? $0.watched[carriers] }) { return known }
        guard outcome.halted == nil else { return nil }
        let tree = resolved.tree
        var functions: Set<Int> = []
        for index in carriers.compactMap(tree.index(at:)) {
            functions.insert(index)
            var bus = tree.functions[index].bus
            while case .bridge(let bridge) = tree.buses[bus].parent, functions.insert(bridge).inserted {
                bus = tree.functions[bridge].bus
            }
        }
        let made = GuestOSModels.model(for: topology.guest).run(
            topology, tree, after: outcome, watching: functions)
        state.withLock { $0.watched[carriers] = made }
        return made
    }

    var qemu: IGDInQEMU? {
        if let known = state.withLock({ $0.qemu }) { return known }
        let made = IGDInQEMU(topology)
        state.withLock { $0.qemu = .some(made) }
        return made
    }

    var consumers: [RegionConsumer] {
        if let known = state.withLock({ $0.consumers }) { return known }
        let made = RegionConsumers.of(topology)
        state.withLock { $0.consumers = made }
        return made
    }
}

import BerthBoot
import BerthDiagnostics
import BerthIGD
import BerthPCI
import BerthStack
import BerthTopology
import Synchronization

/// One PCI tree: its functions, what the firmware makes of them, and each OS after it, worked out when first asked
/// for and then kept.
///
/// Candidates that differ only in words to QEMU which change nothing that a guest finds share one.
final class BootedTree: Sendable {
    /// One of the guests that share it. They differ in their OS and in properties of the IGD.
    let topology: GuestTopology
    private let guestTree: GuestTree
    private let state = Mutex(State())

    private let knownTree = Mutex<Resolved?>(nil)
    private let knownOutcome = Mutex<FirmwareOutcome?>(nil)

    private struct State {
        var handOvers: [[Slot]: HandOver] = [:]
        var guests: [Watch: GuestOutcome] = [:]
    }

    private struct Watch: Hashable {
        var guest: GuestOS
        /// Whose timeline is known; nil for that of all functions.
        var carriers: [Slot]?
    }

    struct Resolved: Sendable {
        var tree: PCITree
        /// Findings of the guest itself that QEMU would refuse.
        var conflicts: [Finding]
    }

    init(_ topology: GuestTopology, on guestTree: GuestTree) {
        self.topology = topology
        self.guestTree = guestTree
    }

    var resolved: Resolved {
        knownTree.withLock { known in
            if let known { return known }
            let (tree, findings) = guestTree.resolve(topology)
            let made = Resolved(tree: tree, conflicts: findings.filter { $0.severity == .error })
            known = made
            return made
        }
    }

    var outcome: FirmwareOutcome {
        knownOutcome.withLock { known in
            if let known { return known }
            let made = FirmwareModels.model(for: topology.firmware).boot(topology, resolved.tree)
            known = made
            return made
        }
    }

    /// What an OS makes of it, with the timeline of the carriers and of the bridges above them only (nil: of all);
    /// nil where it never runs.
    func guest(_ guest: GuestOS, watching carriers: [Slot]?) -> GuestOutcome? {
        let watch = Watch(guest: guest, carriers: carriers)
        if let known = state.withLock({ $0.guests[watch] ?? $0.guests[Watch(guest: guest)] }) { return known }
        guard outcome.halted == nil else { return nil }
        let made = GuestOSModels.model(for: guest).run(handOver(watching: carriers).handed(to: guest))
        state.withLock { $0.guests[watch] = made }
        return made
    }

    private func handOver(watching carriers: [Slot]?) -> HandOver {
        guard let carriers else { return HandOver(topology, resolved.tree, outcome) }
        if let known = state.withLock({ $0.handOvers[carriers] }) { return known }
        let tree = resolved.tree
        var functions: Set<Int> = []
        for index in carriers.compactMap(tree.index(at:)) {
            functions.insert(index)
            var bus = tree.functions[index].bus
            while case .bridge(let bridge) = tree.buses[bus].parent, functions.insert(bridge).inserted {
                bus = tree.functions[bridge].bus
            }
        }
        let made = HandOver(topology, tree, outcome, watching: functions)
        state.withLock { $0.handOvers[carriers] = made }
        return made
    }
}

/// Booted trees of one guest and what candidates add to it, for everybody who asks.
///
/// What a guest finds follows from its devices and BARs, its firmware, and `SeenOfIGD`: nothing else of the IGD's
/// properties reaches it.
final class BootedTrees: Sendable {
    private let guestTree: GuestTree
    private let known = Mutex<[Key: BootedTree]>([:])

    init(_ guestTree: GuestTree) { self.guestTree = guestTree }

    private struct Key: Hashable {
        var firmware: FirmwareChoice
        var edits: [TopologyEdit]
        var igd: SeenOfIGD?
    }

    /// `topology` is the one guest with `edits` made.
    func tree(_ topology: GuestTopology, _ edits: [TopologyEdit], _ qemu: IGDInQEMU?) -> BootedTree {
        let seen = edits.filter(\.changesTree).map {
            TopologyEdit(devices: $0.devices, addedBARs: $0.addedBARs, tasks: $0.tasks)
        }
        let key = Key(firmware: topology.firmware, edits: seen, igd: qemu.map { SeenOfIGD($0, topology) })
        return known.withLock { known in
            if let tree = known[key] { return tree }
            let made = BootedTree(topology, on: guestTree)
            known[key] = made
            return made
        }
    }
}

/// What firmware and OS see of that which QEMU does for the IGD.
private struct SeenOfIGD: Hashable {
    var emulatedBDSM: BDSMRegister?
    var createsLPCBridge: Bool
    var stolenMemory: ByteCount
    /// Only where the firmware takes memory for them itself; models end before a driver in a ROM could.
    var files: [ByteCount?]

    init(_ qemu: IGDInQEMU, _ topology: GuestTopology) {
        emulatedBDSM = qemu.emulatedBDSM
        createsLPCBridge = qemu.createsLPCBridge
        stolenMemory = topology.visibleStolenMemory
        let isRead = topology.firmwareKind.readsIGDFiles
        files = isRead ? [qemu.opRegionFile, qemu.stolenMemorySizeFile] : []
        // A register writer reads the OpRegion's under every firmware.
        if !isRead, topology.hasRegisterTasks { files = [qemu.opRegionFile] }
    }
}

extension TopologyEdit {
    /// Whether it adds a function or a BAR.
    var changesTree: Bool { !devices.isEmpty || !addedBARs.isEmpty || !tasks.isEmpty }
}

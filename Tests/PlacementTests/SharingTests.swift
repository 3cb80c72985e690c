import BerthBoot
import BerthBundled
import BerthStack
import BerthTopology
import Testing

@testable import BerthPlacement

/// What candidates share against what each would find alone.
struct SharingTests {
    private func guests(_ seeds: ClosedRange<UInt64>) throws -> [GuestTopology] {
        try BundledTopologies.names.compactMap { try BundledTopologies.topology(named: $0) }
            + seeds.map { RandomIGDGuest(seed: $0).topology }
    }

    @Test func `adding to a tree is building it`() throws {
        var compared = 0
        for guest in try guests(1...150) {
            for count in 0...guest.devices.count {
                var start = guest
                start.devices = Array(guest.devices.prefix(count))
                start.addedBARs = []
                let (tree, findings) = BaseTree(start).resolve(guest)
                let alone = guest.resolve()
                #expect(tree == alone.tree, "\(guest.name), from \(count) devices")
                #expect(findings == alone.findings, "\(guest.name), from \(count) devices")
                compared += 1
            }
        }
        #expect(compared > 500)
    }

    @Test func `a booted tree that is shared is the one that each candidate has`() throws {
        var shared = 0
        for guest in try guests(200...215) {
            let request = try #require(Request(guest))
            let trees = BootedTrees(GuestTree(guest))
            let proposals = Region.allCases.flatMap { region in
                Strategies.all.flatMap { $0.proposals(for: region, in: request) }
            }
            var seen: [ObjectIdentifier: BootedTree] = [:]
            for proposal in proposals {
                let simulation = Simulation(guest, [proposal], trees)
                let booted = trees.tree(simulation.topology, [proposal.edit], simulation.qemu)
                if seen.updateValue(booted, forKey: ObjectIdentifier(booted)) != nil { shared += 1 }
                let (tree, _) = simulation.topology.resolve()
                let outcome = FirmwareModels.model(for: guest.firmware).boot(simulation.topology, tree)
                #expect(simulation.resolved.tree == tree, "\(guest.name) \(proposal.berth.strategy)")
                #expect(simulation.outcome == outcome, "\(guest.name) \(proposal.berth.strategy)")
                for os in [guest.guest, .linux(.init(6, 14)), .windows(11), .firmwareOnly] where outcome.halted == nil {
                    var topology = simulation.topology
                    topology.guest = os
                    let whole = GuestOSModels.model(for: os).run(topology, tree, after: outcome)
                    #expect(booted.guest(os, watching: nil) == whole, "\(guest.name) \(os)")
                    try check(booted, os, proposal, tree, against: whole)
                }
            }
        }
        #expect(shared > 100)
    }

    /// The watched carrier has its timeline; nothing else differs from the whole.
    private func check(
        _ booted: BootedTree, _ os: GuestOS, _ proposal: Proposal, _ tree: PCITree, against whole: GuestOutcome
    ) throws {
        guard let slot = proposal.berth.slot, let index = tree.index(at: slot) else { return }
        let fresh = BootedTrees(GuestTree(booted.topology)).tree(booted.topology, [], IGDInQEMU(booted.topology))
        let watched = try #require(fresh.guest(os, watching: [slot]))
        #expect(watched.functions == whole.functions)
        #expect(watched.busNumbers == whole.busNumbers)
        #expect(watched.rootWindows == whole.rootWindows)
        #expect(watched.graphicsReservation == whole.graphicsReservation)
        #expect(watched.interruptions[index] == whole.interruptions[index])
        #expect(watched.timeline.filter { $0.function == index } == whole.timeline.filter { $0.function == index })
    }
}

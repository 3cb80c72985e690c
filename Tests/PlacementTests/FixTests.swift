import BerthBundled
import BerthIGD
import BerthPCI
import BerthPlacement
import BerthQEMU
import BerthReport
import BerthServices
import BerthStack
import BerthTopology
import Testing

/// The smallest change: true, named in words, and smallest.
struct FixTests {
    private func bundled(_ name: String) throws -> GuestTopology {
        try #require(try BundledTopologies.topology(named: name))
    }

    /// Windows does not go on without stolen memory.
    private func nothingFits() throws -> GuestTopology {
        var guest = try bundled("q35-nothing-fits")
        guest.guest = .windows(10)
        return guest
    }

    /// The words for the first rejected berth of a strategy.
    private func words(_ guest: GuestTopology, _ region: Region, _ strategy: StrategyID) throws -> [String]? {
        let result = try Services.plan(guest, room: .none)
        let option = try #require(
            result.options(for: region).first { $0.berth.strategy == strategy && $0.isRejected }, "\(strategy)")
        var fixes = FixSearch(result)
        return fixes.fix(for: option).map { FixEntry($0).changes }
    }

    @Test func `a slot is left to the IGD`() throws {
        #expect(
            try words(try bundled("q35-slot2-taken"), .stolenMemory, "firmware-reserved") == [
                "move the IGD from 00:05.0 to 00:02.0", "move virtio-net-pci 'net0' from 00:02.0 to 00:01.0",
            ])
        let free = Guests.classic { $0.moveIGD(to: 5) }
        #expect(
            try words(free, .stolenMemory, "firmware-reserved") == ["move the IGD from 00:05.0 to 00:02.0"])
    }

    @Test func `the examples of the manual`() throws {
        let kabyLake = { (change: (inout GuestTopology) -> Void) in Guests.classic(change) }
        let onQ35 = kabyLake {
            $0.machine = Machine(.q35)
            $0.moveIGD(to: 2)
        }
        #expect(try words(onQ35, .stolenMemory, "firmware-reserved") == ["QEMU 10.0 instead of 7.2"])
        let noROM = kabyLake { $0.igd?.rom = .none }
        #expect(
            try words(noROM, .stolenMemory, "firmware-reserved") == ["give the IGD the host's video BIOS as ROM"])
        // No QEMU can do it, so nothing that would make room for it is named.
        let host = kabyLake { $0.igd?.hostStolenBase = 0x8b80_0000 }
        #expect(try words(host, .stolenMemory, "host-identity") == nil)
        let much = kabyLake {
            $0.ram = GuestRAM(.mib(512))
            $0.igd?.stolenMemory = .mib(512)
            $0.igd?.graphicsControl = 0x10c1
        }
        #expect(
            try words(much, .stolenMemory, "firmware-reserved") == [
                "stolen memory 256 MiB instead of 512 MiB (x-igd-gms=0x8)"
            ])
        let windows = kabyLake { $0.guest = .windows(10) }
        #expect(try words(windows, .opRegion, "unnamed-combination") == ["linux-6.1 as guest OS instead of windows-10"])
    }

    @Test func `every rejected candidate is asked for, and equals share the answer`() throws {
        // Windows has no place for a script, wherever the carrier is.
        let guest = ManyFunctions.guest(200, FirmwareChoice(.seabios), .pc) { _ in .kib(4) }
        var windows = guest
        windows.guest = .windows(10)
        let result = try Services.plan(
            windows, planner: Planner(strategies: Strategies.all + [ScriptedFunction()]), room: .none)
        let rejected = result.options(for: .opRegion).filter { $0.berth.strategy == "scripted-function" }
        #expect(rejected.count == 200 && rejected.allSatisfy(\.isRejected))
        var fixes = FixSearch(result)
        for option in rejected {
            let fix = fixes.fix(for: option)
            #expect(fix.map { FixEntry($0).changes } == ["linux-6.1 as guest OS instead of windows-10"])
        }
    }

    @Test func `a guest that is too large for a proof says so`() throws {
        var guest = try bundled("q35-nothing-fits")
        guest.guest = .windows(10)
        var hasty = Planner()
        hasty.budget = 60
        let result = try Services.plan(guest, planner: hasty, room: .none)
        guard case .undecided(nil, let why) = result.outcome else {
            Issue.record("\(result.outcome)")
            return
        }
        #expect(why.judgedPairs > 0 && why.judgedPairs < why.allPairs)
        let refusal = #expect(throws: EmissionRefusal.self) { try result.outcome.emittable() }
        #expect(
            refusal?.message
                == "no plan was found before the search stopped, after \(why.judgedPairs) of \(why.allPairs) pairs")
        #expect(
            result.options(for: .stolenMemory).count
                == (try Services.plan(guest, room: .none)).options(for: .stolenMemory).count)
        let report = PlanReport(result, detail: .all)
        #expect(PlanText.render(report).contains("No berth was found before the search stopped"))
        #expect(!report.isProven && !PlanDocument(report).proven)
        // What works is found before.
        let easy = try Services.plan(Guests.classic(), planner: hasty, room: .none)
        #expect(easy.outcome == (try Services.plan(Guests.classic(), room: .none)).outcome)
    }

    @Test func `Markdown has the changes that the text has`() throws {
        let guest = try bundled("q35-slot2-taken")
        let markdown = PlanMarkdown.render(PlanReport(try Services.plan(guest, room: .none), detail: .all))
        #expect(
            markdown.contains(
                "move the IGD from 00:05.0 to 00:02.0, and move virtio-net-pci 'net0' from 00:02.0 to 00:01.0"))
        let none = PlanMarkdown.render(PlanReport(try Services.plan(try nothingFits(), room: .none), detail: .all))
        #expect(none.contains("\nSmallest change: stolen memory 1 GiB instead of 2 GiB (x-igd-gms=0x20).\n"))
        #expect(none.contains("\n- there is no plan\n  - no berth for stolen memory can be used\n"))
    }

    @Test func `an infeasible guest is told the smallest change`() throws {
        var fixes = FixSearch(try Services.plan(try nothingFits(), room: .none))
        let found = fixes.fix()
        let fix = try #require(found)
        #expect(FixEntry(fix).changes == ["stolen memory 1 GiB instead of 2 GiB (x-igd-gms=0x20)"])
        #expect(try Services.plan(fix.fixed, room: .none).plan != nil)
    }

    /// Whether a strategy is accepted for a region beside any partner, judged pair by pair.
    private func isAccepted(
        _ strategy: StrategyID, _ region: Region, at devfn: UInt8? = nil, beside partner: StrategyID? = nil,
        in guest: GuestTopology, noWorseThan level: Verdict.Level = .degraded
    ) -> Bool {
        guard let request = Request(guest) else { return false }
        let planner = Planner()
        let all = planner.proposals(for: region, request).map(\.0).filter { $0.berth.strategy == strategy }
        let there = all.filter { devfn == nil || $0.berth.slot?.devfn == devfn }
        for own in there.isEmpty ? Array(all.prefix(1)) : there where own.berth.missing.isEmpty {
            for (other, _) in planner.proposals(for: region.other, request)
            where partner == nil || other.berth.strategy == partner {
                let pair = planner.evaluate(request, PerRegion(own, for: region, other: other))
                let isAccepted = pair.conflicts.isEmpty && pair.rejections(of: region).isEmpty
                if isAccepted, Verdict.of(own.berth, in: pair).level <= min(level, .degraded) { return true }
            }
        }
        return false
    }

    @Test func `a named change is true, and no cheaper one of the space would do`() throws {
        var named = 0
        for seed in UInt64(1)...16 {
            let guest = RandomIGDGuest(seed: seed, devices: 0...3).topology
            let request = try #require(Request(guest))
            let result = try Services.plan(guest, room: .none)
            var fixes = FixSearch(result)
            let space = EditSpace(guest, request.igd, freeSlots: request.freeSlots).entries
            for region in Region.allCases {
                for option in result.options(for: region) where option.isRejected {
                    guard let fix = fixes.fix(for: option) else { continue }
                    named += 1
                    let strategy = option.berth.strategy
                    #expect(isAccepted(strategy, region, in: fix.fixed), "seed \(seed), \(strategy)")
                    let shown = option.evaluation.berth(of: region) ?? option.berth
                    let level = Verdict.of(shown, in: option.evaluation).level
                    let partner = option.evaluation.berths.first { $0.region != region }?.strategy
                    let isSingle = fix.edits.count == 1
                    for entry in space where (entry.edits.count, entry.cost) < (isSingle ? 1 : 2, fix.cost) {
                        let edited = entry.edits.reduce(guest) { $1.applied(to: $0) }
                        #expect(
                            !isAccepted(
                                strategy, region, at: option.berth.slot?.devfn, beside: partner, in: edited,
                                noWorseThan: level),
                            "seed \(seed), \(strategy): \(entry.edits) would do instead of \(fix.edits)")
                    }
                }
            }
        }
        #expect(named > 40)
    }

    @Test func `what is named can be written, starts, and is called better by its own verdict`() throws {
        var (fixes, ways) = (0, 0)
        for name in BundledTopologies.names {
            for (release, system) in [(QEMURelease(7, 2), GuestOS.linux(.init(6, 1))), (.init(10, 1), .windows(11))] {
                var guest = try bundled(name)
                guest.qemu = release
                guest.guest = system
                let planning = try Services.plan(guest)
                var search = FixSearch(planning)
                if planning.plan == nil, let fix = search.fix() {
                    fixes += 1
                    try check(fix, below: .fails, "\(name), QEMU \(release), \(system)")
                }
                if let plan = planning.plan {
                    let level = Verdict.of(plan.evaluation).level
                    for way in search.waysToMore(most: 3) {
                        ways += 1
                        let better = try check(way, below: .fails, "\(name), QEMU \(release), \(system)")
                        #expect(better.map { Verdict.of($0.evaluation).level <= level } == true)
                    }
                }
            }
        }
        #expect(fixes > 0 && ways > 3, "\(fixes), \(ways)")
    }

    @discardableResult
    private func check(_ fix: Fix, below level: Verdict.Level, _ name: Comment) throws -> Plan? {
        let plan = try Services.plan(fix.fixed).plan
        #expect(plan != nil && plan?.missing.isEmpty == true, name)
        guard let plan else { return nil }
        #expect(Verdict.of(plan.evaluation).level < level, name)
        #expect(IGDInQEMU(plan.topology)?.startFailure == nil, name)
        #expect(!(try ArgumentWriter.write(try plan.emittable())).isEmpty, name)
        return plan
    }
}

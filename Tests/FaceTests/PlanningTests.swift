import Berth
import Testing

/// Plans as users of the library see them.
struct PlanningTests {
    private static func guest(_ name: String = "pc-seabios-gen9") throws -> Guest {
        try #require(Guest(bundled: name))
    }

    @Test func `a plan has a place for each region`() throws {
        let plan = try #require(try Planner().plan(Self.guest()).plan)
        #expect(plan.berths.map(\.region) == [.stolenMemory, .opRegion])
        let stolen = try #require(plan.berth(of: .stolenMemory))
        #expect(stolen.strategy == "firmware-reserved")
        #expect(stolen.address == .exact(0xba70_0000))
        #expect(stolen.register?.name == "BDSM")
        #expect(!stolen.isRejected)
        #expect(stolen.description == "stolen memory: firmware-reserved, 72 MiB at 0xba700000")
        #expect(plan.missing.isEmpty)
        // i915 of generation 9 may drop stolen memory that was moved.
        #expect(plan.verdict().level == .degraded)
    }

    @Test func `writers take what a plan makes`() throws {
        let outcome = try Planner().plan(Self.guest())
        let plan = try outcome.emittable()
        #expect(try LibvirtXML.write(plan).hasPrefix("<domain type='kvm'"))
        #expect(try LibvirtXML.write(plan, accelerator: .qemu).hasPrefix("<domain type='qemu'"))
        let words = try QEMUArguments.write(plan)
        #expect(words.contains { $0.hasPrefix("vfio-pci,host=0000:00:02.0") })
        #expect(try Guest(qemuArguments: words).hasIGD)
        #expect(try QEMUArguments.commandLine(plan).hasPrefix("qemu-system-x86_64 \\\n"))
    }

    @Test func `what no release can do is refused, with what is missing`() throws {
        let constraints = PlanConstraints(strategies: [.stolenMemory: "host-base-ram"])
        let plan = try #require(try Planner().plan(Self.guest(), constraints: constraints).plan)
        #expect(!plan.missing.isEmpty)
        let refusal = try #require(throws: EmissionRefusal.self) { try plan.emittable() }
        #expect(refusal.rule == "emission")
    }

    @Test func `a place that is asked for is kept`() throws {
        let constraints = PlanConstraints(places: [.stolenMemory: .function("00:06.0")])
        let plan = try #require(try Planner().plan(Self.guest(), constraints: constraints).plan)
        #expect(plan.berth(of: .stolenMemory)?.carrier?.slot == "pci.0:06.0")
    }

    @Test(arguments: [
        PlanConstraints(strategies: [.opRegion: "firmware-reservd"]),
        PlanConstraints(places: [.opRegion: .function("nowhere")]),
        PlanConstraints(places: [.opRegion: .address(0xffff_ffff_0000)]),
    ])
    func `a constraint that nothing can meet is refused`(constraints: PlanConstraints) throws {
        let guest = try Self.guest()
        let error = try #require(throws: PlanningError.self) { try Planner().plan(guest, constraints: constraints) }
        guard case .unusable = error else { return #expect(Bool(false), "\(error)") }
    }

    @Test func `a guest without an IGD cannot be planned`() throws {
        let guest = try Guest(topologyFile: "machine: pc\nmemory: 1GiB\n".utf8)
        let error = try #require(throws: PlanningError.self) { try Planner().plan(guest) }
        guard case .unusable(let input) = error else { return #expect(Bool(false), "\(error)") }
        #expect(input.findings.count == 1)
    }

    @Test func `no plan is an answer, with the reasons`() throws {
        // Windows does not go on without stolen memory.
        let text = """
            machine: q35
            memory: 1GiB
            firmware: seabios:1.16.2
            guest: windows-10
            qemu: "10.1"
            igd: {platform: coffee-lake, ggc: 0x40c1, stolen-memory: 2GiB, rom: none}
            """
        let planning = try Planner().planning(Guest(topologyFile: text.utf8))
        guard case .infeasible(let why) = planning.outcome else { return #expect(Bool(false), "\(planning.outcome)") }
        #expect(why.statement == "there is no plan")
        #expect(!why.because.isEmpty)
        #expect(why.description.hasPrefix("there is no plan\n  "))
        #expect(throws: EmissionRefusal.self) { try planning.outcome.emittable() }
        let candidates = try planning.candidates(for: .stolenMemory)
        #expect(candidates.allSatisfy { $0.isRejected })
    }

    @Test func `everything that was tried can be asked for`() throws {
        let planning = try Planner().planning(Self.guest())
        let candidates = try planning.candidates(for: .opRegion)
        #expect(candidates.first?.strategy == planning.plan?.berth(of: .opRegion)?.strategy)
        #expect(candidates.contains { $0.isRejected })
        #expect(planning.preference != nil)
        #expect(planning.runnerUp != planning.plan)
        let (brief, all) = (try planning.text(), try planning.text(all: true))
        #expect(all.count > brief.count)
        #expect(try planning.markdown().hasPrefix("#"))
    }

    @Test func `a comparison has a verdict for every strategy, firmware and guest OS`() throws {
        let guest = try Self.guest()
        let comparison = try Comparison(guest)
        #expect(comparison.columns.count == 6)
        #expect(comparison.guests.count == 6)
        #expect(comparison.rows.allSatisfy { $0.cells.count == 6 })
        #expect(comparison.rows.first?.region == .stolenMemory)
        #expect(comparison.configured == Verdict(of: guest))
        let own = Comparison.Column(firmware: guest.firmware, operatingSystem: guest.operatingSystem)
        #expect(try Comparison(guest, columns: [own]).columns == [own])
        let cells = comparison.rows.flatMap(\.cells).count { $0 != nil }
        #expect(comparison.csv.split(separator: "\r\n").count > cells)
    }

    @Test func `the purpose decides what has to be placed`() throws {
        var guest = try Self.guest()
        #expect(guest.purpose == .display)
        guest.purpose = .render
        let plan = try #require(try Planner().plan(guest).plan)
        #expect(plan.guest.purpose == .render)
        #expect(plan.berth(of: .opRegion)?.strategy == "nothing-to-place")
        var bare = guest
        bare.operatingSystem = .firmwareOnly
        #expect(throws: PlanningError.self) { try Planner().plan(bare) }
    }
}

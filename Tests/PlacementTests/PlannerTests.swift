import BerthBundled
import BerthDiagnostics
import BerthHost
import BerthIGD
import BerthPCI
import BerthPlacement
import BerthServices
import BerthTopology
import TestSupport
import Testing

struct PlannerTests {
    /// What a plan says, without the numbers of devices in their list.
    private func lines(_ result: Planning) -> [String] {
        result.evaluations.map { evaluation in
            let berths = evaluation.berths.map {
                "\($0.region.rawValue)=\($0.strategy) \($0.slot.map { "\($0)" } ?? "-") \(evaluation.predictedAddress(of: $0))"
            }
            let facts = Region.allCases.flatMap { evaluation.judgements[$0].map(\.fact.description) }
            return (berths + facts).joined(separator: "; ")
        }
    }

    @Test(arguments: BundledTopologies.names)
    func `the order of devices in the file changes nothing`(name: String) throws {
        let guest = try #require(try BundledTopologies.topology(named: name))
        let expected = lines(try Services.plan(guest, room: .none))
        var random = Seeded(20260101)
        for _ in 0..<5 {
            var shuffled = guest
            shuffled.devices.shuffle(using: &random)
            #expect(lines(try Services.plan(shuffled, room: .none)) == expected)
        }
    }

    @Test(arguments: BundledTopologies.names)
    func `accepted plans come first, and of those what released software can do`(name: String) throws {
        let result = try Services.plan(try #require(try BundledTopologies.topology(named: name)), room: .none)
        let classes = result.evaluations.map { $0.isAccepted ? ($0.missing.isEmpty ? 0 : 1) : 2 }
        #expect(classes == classes.sorted())
        #expect((result.plan == nil) == (classes.first == 2))
        #expect((result.plan?.missing.isEmpty == true) == (classes.first == 0))
        #expect(result.plans.count == classes.filter { $0 < 2 }.count)
    }

    /// Those that are about BARs, firmware and the host; the others would make the list long, not telling.
    private static let few = Strategies.all.filter {
        [
            "nothing-to-place", "firmware-reserved", "ram-controller", "lpc-bridge", "generic-bridge", "bogus-dummy",
            "igd-bar5", "host-identity",
        ].contains($0.id)
    }

    @Test func `the order of plans of the classic guest`() throws {
        let result = try Services.plan(Guests.classic(), planner: Planner(strategies: Self.few), room: .none)
        let pairs = result.evaluations.map { $0.berths.map(\.strategy.rawValue).joined(separator: " + ") }
        #expect(
            Array(pairs.prefix(25)) == [
                // Nobody new writes, then Berth's ROM once; the smaller BAR first.
                "firmware-reserved + firmware-reserved", "firmware-reserved + ram-controller",
                "ram-controller + firmware-reserved", "ram-controller + ram-controller",
                // Unreleased, by who writes: the ROM once, QEMU once, the ROM twice, both, QEMU twice.
                "firmware-reserved + bogus-dummy", "bogus-dummy + firmware-reserved",
                "firmware-reserved + lpc-bridge", "firmware-reserved + generic-bridge",
                "lpc-bridge + firmware-reserved", "generic-bridge + firmware-reserved",
                "ram-controller + bogus-dummy", "bogus-dummy + ram-controller", "bogus-dummy + bogus-dummy",
                "ram-controller + lpc-bridge", "lpc-bridge + ram-controller", "lpc-bridge + bogus-dummy",
                "bogus-dummy + lpc-bridge", "ram-controller + generic-bridge", "generic-bridge + ram-controller",
                "generic-bridge + bogus-dummy", "bogus-dummy + generic-bridge", "lpc-bridge + lpc-bridge",
                "lpc-bridge + generic-bridge", "generic-bridge + lpc-bridge", "generic-bridge + generic-bridge",
            ])
        #expect(result.evaluations.map(\.isAccepted) == (0..<49).map { $0 < 25 })
        #expect(pairs.count == 7 * 7, "all pairs are judged")
        #expect(Set(pairs).count == 7 * 7)
    }

    @Test(arguments: [
        (Planner.Restriction(stolenMemory: "ram-controller"), ["ram-controller", "firmware-reserved"]),
        (Planner.Restriction(opRegion: "lpc-bridge"), ["firmware-reserved", "lpc-bridge"]),
        (Planner.Restriction(stolenMemory: "lpc-bridge", opRegion: "lpc-bridge"), ["lpc-bridge", "lpc-bridge"]),
        (Planner.Restriction(stolenMemory: "nothing-to-place"), ["firmware-reserved", "firmware-reserved"]),
    ])
    func `a restriction binds its region, where the strategy applies`(
        restriction: Planner.Restriction, strategies: [String]
    ) throws {
        let best = try #require(try Services.plan(Guests.classic(), restriction: restriction, room: .none).plan)
        #expect(best.berths.map(\.strategy.rawValue) == strategies)
    }

    @Test func `options show each berth once, at its best`() throws {
        let result = try Services.plan(Guests.classic(), room: .none)
        let rejected: [Region: [StrategyID]] = [
            .stolenMemory: [
                "fixed-carve-out", "host-identity", "host-told-base", "igd-bar5",
            ],
            .opRegion: [
                "asls-flag", "firmware-maps-host", "fixed-carve-out", "host-identity", "igd-bar5", "late-map",
                "qemu-maps-host",
            ],
        ]
        for region in Region.allCases {
            let options = result.options(for: region)
            #expect(options.count == (region == .stolenMemory ? 14 : 19))
            #expect(Set(options.map(\.berth)).count == options.count)
            #expect(options.filter(\.isRejected).map(\.berth.strategy).sorted() == rejected[region])
        }
    }

    @Test func `a guest without an IGD has nothing to plan`() {
        let guest = Guests.classic { $0.igd = nil }
        let error = #expect(throws: InputError.self) { try Services.plan(guest, room: .none) }
        #expect(
            error?.description
                == "error: 'classic' has no IGD; add an 'igd' section, or a host with --host [no-igd]")
    }

    @Test func `the reason names the first criterion that differs`() throws {
        let reason = { (restriction: Planner.Restriction, change: (inout GuestTopology) -> Void) in
            let result = try Services.plan(Guests.classic(change), restriction: restriction, room: .none)
            return try #require(result.preference)
        }
        #expect(
            try reason(.init(), { _ in })
                == .fewerWriters(next: ["firmware-reserved", "ram-controller"]))
        #expect(
            try reason(.init(stolenMemory: "ram-controller", opRegion: "ram-controller"), { _ in })
                == .onlyCandidate)
        #expect(
            try reason(.init(), { $0.guest = .windows(10) })
                == .fewerWriters(next: ["firmware-reserved", "ram-controller"]))
        #expect(
            try reason(.init(stolenMemory: "lpc-bridge"), { $0.guest = .windows(10) })
                == .tie(next: ["lpc-bridge", "acpi-linker"]))
    }

    @Test func `an infeasible guest has reasons for every candidate`() throws {
        var guest = try #require(try BundledTopologies.topology(named: "q35-nothing-fits"))
        // Linux goes on without stolen memory.
        guest.guest = .windows(10)
        let result = try Services.plan(guest, room: .none)
        #expect(result.plan == nil)
        for evaluation in result.evaluations {
            #expect(
                !evaluation.conflicts.isEmpty || Region.allCases.contains { !evaluation.rejections(of: $0).isEmpty })
        }
    }

    @Test(arguments: [
        (
            Planner.Restriction(stolenMemory: "lpc-bridge", opRegion: "firmware-reserved"),
            "lpc-bridge cannot be written: no released QEMU can put a BAR on vfio-pci-igd-lpc-bridge; "
                + "the nearest that can be written is firmware-reserved [emission]"
        ),
        (
            Planner.Restriction(opRegion: "generic-bridge"),
            "generic-bridge cannot be written: no released QEMU can give a pci-bridge a BAR of a chosen size; "
                + "the nearest that can be written is firmware-reserved [emission]"
        ),
        (
            Planner.Restriction(stolenMemory: "igd-bar5"),
            "there is no plan to write: every candidate is rejected [infeasible]"
        ),
    ])
    func `what no release has is not written, and the nearest plan is named`(
        restriction: Planner.Restriction, message: String
    ) throws {
        let result = try Services.plan(Guests.classic(), restriction: restriction, room: .none)
        let error = #expect(throws: EmissionRefusal.self) { try result.outcome.emittable() }
        #expect(error?.description == message)
    }

    @Test func `a Windows guest that no firmware and no released QEMU serves has Berth's ROM`() throws {
        let guest = Guests.q35 {
            $0.igd?.device = 0x9a49
            $0.igd?.hostStolenBase = nil
            $0.guest = .windows(11)
        }
        let result = try Services.plan(guest, room: .none)
        #expect(result.plan?.berth(of: .stolenMemory)?.strategy == "ram-controller")
        #expect(try result.outcome.emittable().needsWriterROM)
    }

    @Test func `a refusal names what no release has and the strategies of the nearest plan`() throws {
        let result = try Services.plan(Guests.classic(), restriction: .init(stolenMemory: "host-base-ram"), room: .none)
        let plan = try #require(result.plan)
        let refusal = try #require(#expect(throws: EmissionRefusal.self) { try plan.emittable() })
        #expect(refusal.rule == "emission")
        #expect(
            refusal.missing == [
                "neither SeaBIOS nor VfioIgdPkg reads etc/igd-stolen-base",
                "no QEMU before 10.0 lets an option ROM do it, and none offers etc/igd-stolen-base",
            ])
        #expect(refusal.nearest == .same("firmware-reserved"))
    }

    @Test func `a strategy that nobody has is refused with the nearest`() throws {
        let misspelt: [Planner.Restriction] = [.init(stolenMemory: "ram-controler"), .init(opRegion: "ram-controler")]
        for restriction in misspelt {
            let error = try #require(
                #expect(throws: InputError.self) {
                    try Services.plan(Guests.classic(), restriction: restriction, room: .none)
                })
            #expect(error.kind == .usage)
            let message = try #require(error.findings.first?.message)
            #expect(message.hasPrefix("'ram-controler' is not one of nothing-to-place, firmware-reserved, "))
            #expect(message.hasSuffix("; did you mean 'ram-controller'?"))
        }
        // Of a planner with a few strategies, those are what there is.
        let few = Planner(strategies: Self.few)
        let error = try #require(
            #expect(throws: InputError.self) {
                try Services.plan(Guests.classic(), restriction: .init(opRegion: "late-map"), planner: few, room: .none)
            })
        #expect(error.findings.first?.message.hasPrefix("'late-map' is not one of nothing-to-place, ") == true)
    }

    @Test func `the plan is the guest with what the berths add`() throws {
        let result = try Services.plan(
            Guests.classic(), restriction: .init(stolenMemory: "ram-controller"), room: .none)
        let plan = try result.outcome.emittable().topology
        #expect(plan.devices.map(\.id) == ["berth-stolen"])
        #expect(plan.igd?.properties == [Property("x-igd-gms", .number(2)), Property("x-igd-opregion", .bool(true))])
        #expect(plan.resolve().findings == [])
    }
}

/// A guest that takes over what is known of a host.
struct AdoptingTests {
    private func function(_ address: String, _ words: [(offset: Int, value: UInt64, count: Int)]) throws -> HostFunction
    {
        var bytes = [UInt8](repeating: 0, count: 256)
        for word in words {
            for index in 0..<word.count {
                bytes[word.offset + index] = UInt8(truncatingIfNeeded: word.value >> UInt64(8 * index))
            }
        }
        return HostFunction(
            address: try #require(PCIAddress(address)), configuration: ConfigurationSpace(bytes: bytes))
    }

    /// A Skylake laptop: lock bit set in BDSM, OpRegion 0x18 into its page.
    private func skylake() throws -> HostInventory {
        HostInventory(functions: [
            try function(
                "00:02.0",
                [
                    (0, 0x191e_8086, 4), (8, 0x0300_0007, 4), (0x50, 0x01c1, 2), (0x5c, 0x8900_0001, 4),
                    (0xfc, 0x87f8_8018, 4),
                ]),
            try function("00:1f.0", [(0, 0x9d48_8086, 4), (8, 0x0601_0021, 4)]),
        ])
    }

    @Test func `a guest without an IGD gets the host's at 00 02 0`() throws {
        let igd = try #require(Guests.classic { $0.igd = nil }.adopting(try skylake()).igd)
        #expect(igd.slot == Slot("pci.0", devfn: 0x10))
        #expect(igd.device == 0x191e && igd.platform == .skylake && igd.revision == 7)
        #expect(igd.classCode == .vga)
        #expect(igd.graphicsControl == 0x01c1)
        #expect(igd.stolenMemory == .mib(32))
        #expect(igd.opRegion == .kib(8))
        #expect(igd.hostStolenBase == 0x8900_0000)
        #expect(igd.hostASLS == 0x87f8_8018)
        #expect(igd.hostLPC == 0x9d48)
        #expect(igd.rom == .hostShadow)
    }

    @Test func `what the guest asks for stays`() throws {
        let guest = Guests.classic {
            $0.igd?.stolenMemory = .mib(128)
            $0.igd?.rom = .none
            $0.moveIGD(to: 5)
        }
        let igd = try #require(guest.adopting(try skylake()).igd)
        #expect(igd.stolenMemory == .mib(128) && igd.rom == .none && igd.slot == guest.rootSlot(5))
        #expect(igd.device == 0x191e && igd.graphicsControl == 0x01c1)
    }

    @Test func `a host without an IGD changes nothing`() {
        let guest = Guests.classic()
        #expect(guest.adopting(HostInventory(functions: [])) == guest)
    }

    @Test func `an OpRegion inside a page takes three pages at its own address`() throws {
        let guest = Guests.classic { $0.igd = nil }.adopting(try skylake())
        let request = try #require(Request(guest))
        let proposal = try #require(Strategies.strategy("host-identity")?.proposals(for: .opRegion, in: request).first)
        #expect(proposal.berth.backing == .hostMemory(0x87f8_8000))
        #expect(proposal.berth.needed == .kib(8) && proposal.berth.reserved == .kib(12))
        let result = try Services.plan(Guests.classic { $0.igd = nil }, host: try skylake(), room: .none)
        #expect(result.plan?.berths.map(\.strategy) == ["firmware-reserved", "firmware-reserved"])
        let option = try #require(result.options(for: .opRegion).first { $0.berth.strategy == "host-identity" })
        #expect(
            option.judgements.map(\.fact.statement.description).contains(
                "the host's OpRegion starts 0x18 into its page: the mapping begins at 0x87f88000, takes 12 KiB, shows what "
                    + "else is there, and ASLS keeps the offset"))
    }
}

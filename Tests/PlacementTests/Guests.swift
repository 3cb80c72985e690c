import BerthDiagnostics
import BerthIGD
import BerthPCI
import BerthPlacement
import BerthServices
import BerthStack
import BerthTopology
import Testing

/// Guests made in the tests, and what the rules say of them.
enum Guests {
    /// Kaby Lake in legacy mode: pc, 4 GiB, SeaBIOS, QEMU 7.2, Linux 6.1, 64 MiB of stolen memory.
    static func classic(_ change: (inout GuestTopology) -> Void = { _ in }) -> GuestTopology {
        var guest = GuestTopology(
            name: "classic", machine: Machine(.pc), ram: GuestRAM(.gib(4)), firmware: FirmwareChoice(.seabios))
        var igd = IGDAssignment(
            slot: guest.rootSlot(2), host: PCIAddress(bus: 0, devfn: 0x10), device: 0x5916, stolenMemory: .mib(64),
            rom: .hostShadow)
        igd.graphicsControl = 0x02c1
        igd.hostStolenBase = 0x8b80_0000
        igd.hostASLS = 0x8a3f_d018
        guest.igd = igd
        change(&guest)
        return guest
    }

    /// The same on q35 with QEMU 10.1 and without ROM.
    static func q35(_ change: (inout GuestTopology) -> Void = { _ in }) -> GuestTopology {
        classic { guest in
            guest.machine = Machine(.q35)
            guest.qemu = QEMURelease(10, 1)
            guest.moveIGD(to: 2)
            guest.igd?.rom = .none
            change(&guest)
        }
    }

    /// The best candidate in which these strategies serve the regions.
    static func evaluation(
        _ guest: GuestTopology, stolen: StrategyID?, opRegion: StrategyID? = nil
    ) throws -> Evaluation {
        let result = try Services.plan(
            guest, restriction: .init(stolenMemory: stolen, opRegion: opRegion), room: .none)
        return try #require(result.first)
    }

    /// What one rule says of a region.
    static func judgements(_ rule: RuleID, _ region: Region, _ evaluation: Evaluation) -> [Judgement] {
        evaluation.judgements[region].filter { $0.fact.rule == rule }
    }
}

/// One statement of a rule about one guest.
struct RuleCase: Sendable, CustomTestStringConvertible {
    var rule: RuleID
    var region: Region
    var strategy: StrategyID
    var guest: GuestTopology
    var expected: [Expectation]

    init(
        _ rule: RuleID, _ region: Region, _ strategy: StrategyID, _ guest: GuestTopology, _ expected: Expectation...
    ) {
        self.rule = rule
        self.region = region
        self.strategy = strategy
        self.guest = guest
        self.expected = expected
    }

    var testDescription: String {
        "\(rule), \(region.name), \(strategy): \(expected.first.map { "\($0)" } ?? "nothing")"
    }

    func check() throws {
        let evaluation = try Guests.evaluation(
            guest, stolen: region == .stolenMemory ? strategy : nil, opRegion: region == .opRegion ? strategy : nil)
        #expect(evaluation.berth(of: region)?.strategy == strategy)
        let found = Guests.judgements(rule, region, evaluation)
        #expect(found.count == expected.count)
        for (judgement, wanted) in zip(found, expected) {
            #expect(wanted.describes(judgement), "\(judgement.fact), \(judgement.fact.statement.values)")
        }
    }
}

extension GuestTopology {
    mutating func moveIGD(to device: UInt8) {
        let slot = rootSlot(device)
        igd?.slot = slot
    }
}

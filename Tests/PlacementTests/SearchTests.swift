import BerthDiagnostics
import BerthBundled
import BerthPCI
import BerthPlacement
import BerthServices
import BerthStack
import BerthTopology
import Testing

/// The search against the exhaustive one, and candidates that are equal under symmetry.
struct SearchTests {
    /// Guests with a planner: drawn ones with a few strategies each, so that there can be many; bundled ones and a few drawn
    /// ones with the whole catalogue.
    private func cases(_ seeds: ClosedRange<UInt64>, whole: Int) throws -> [(GuestTopology, Planner)] {
        let bundled = try BundledTopologies.names.compactMap { try BundledTopologies.topology(named: $0) }
        return (bundled + seeds.prefix(whole).map { RandomIGDGuest(seed: $0).topology }).map { ($0, Planner()) }
            + seeds.map { (RandomIGDGuest(seed: $0, devices: 0...4).topology, FewStrategies.planner(seed: $0)) }
    }

    @Test func `the search hands out what the exhaustive planner sorts`() throws {
        for (guest, planner) in try cases(1...1000, whole: 6) {
            let request = try #require(Request(guest))
            let expected = ExhaustivePlanner(planner: planner).plan(request).map(\.evaluation)
            let result = try Services.plan(guest, planner: planner, room: .none)
            #expect(result.evaluations == expected, "\(guest.name)")
            #expect(result.first == expected.first, "\(guest.name)")
            #expect(result.plan?.evaluation == expected.first { $0.isAccepted }, "\(guest.name)")
            #expect(result.plans.map(\.evaluation) == expected.filter(\.isAccepted), "\(guest.name)")
            if result.plan != nil {
                #expect(result.runnerUp?.evaluation == expected.dropFirst().first { $0.isAccepted })
            }
        }
    }

    @Test func `an option is rejected where it is beside every partner`() throws {
        for (guest, planner) in try cases(5000...5400, whole: 4) {
            let request = try #require(Request(guest))
            let all = ExhaustivePlanner(planner: planner).plan(request).map(\.evaluation)
            let result = try Services.plan(guest, planner: planner, room: .none)
            for region in Region.allCases {
                let options = result.options(for: region)
                #expect(options.map(\.berth).count == Set(options.map(\.berth)).count)
                for option in options {
                    let pairs = all.filter { $0.berth(of: region) == option.berth }
                    let isAccepted = pairs.contains { $0.conflicts.isEmpty && $0.rejections(of: region).isEmpty }
                    #expect(option.isRejected == !isAccepted, "\(guest.name) \(option.berth.strategy)")
                    #expect(pairs.contains(option.evaluation))
                    #expect(option.judgements == option.evaluation.judgements[region])
                }
            }
        }
    }

    @Test func `candidates that are equal are judged as if each had been judged alone`() throws {
        for (firmware, kind) in [(FirmwareChoice(.seabios), MachineType.pc), (FirmwareChoice(.ovmf), .q35)] {
            // BARs of 8 KiB and 1 MiB: for the OpRegion some are as large as the one that is added.
            let guest = ManyFunctions.guest(30, firmware, kind) { [.kib(4), .kib(8), .mib(1)][$0 % 3] }
            let request = try #require(Request(guest))
            let planner = Planner(strategies: Strategies.all + [EveryFunction()])
            let result = try Services.plan(guest, planner: planner, room: .none)
            for region in Region.allCases {
                let options = result.options(for: region).filter { $0.berth.strategy == "every-function" }
                #expect(options.count == 30)
                let partner = try #require(
                    planner.proposals(for: region.other, request).first {
                        $0.0.berth == result.plan?.berth(of: region.other)
                    }?.0)
                for (proposal, _) in planner.proposals(for: region, request)
                where proposal.berth.strategy == "every-function" {
                    let option = try #require(options.first { $0.berth == proposal.berth })
                    let alone = planner.evaluate(request, PerRegion(proposal, for: region, other: partner))
                    #expect(option.judgements == alone.judgements[region])
                    #expect(option.address == alone.predictedAddress(of: proposal.berth))
                }
            }
        }
    }

    @Test func `every one of a thousand carriers is listed`() throws {
        let guest = ManyFunctions.guest(1_000, FirmwareChoice(.seabios), .pc) { _ in .kib(4) }
        let result = try Services.plan(
            guest, planner: Planner(strategies: Strategies.all + [EveryFunction(regions: [.opRegion])]), room: .none)
        let options = result.options(for: .opRegion).filter { $0.berth.strategy == "every-function" }
        #expect(options.count == 1_000)
        #expect(Set(options.map(\.berth)).count == 1_000)
    }
}

/// A BAR on every endpoint that is there: as many candidates as a guest has functions.
struct EveryFunction: Strategy {
    let id: StrategyID = "every-function"
    let summary = "a BAR of any function"
    let documentation = "For tests."
    let origin = Origin("tests")
    let sources = ["none"]
    var regions = Region.allCases

    func proposals(for region: Region, in request: Request) -> [Proposal] {
        guard regions.contains(region) else { return [] }
        let size: ByteCount = region == .stolenMemory ? .mib(64) : .kib(8)
        return request.topology.devices.filter { $0.model == "function" }.map { device in
            let index = BARIndex.bar(region == .stolenMemory ? 4 : 5)
            let berth = RegionBerth(
                region, strategy: id, needed: size, reserved: size,
                backing: .bar(device.slot, index, carrier: .bogusDevice),
                Combination(.barAssignment, .barRAM, .qemu, .none),
                register: TargetRegister(name: region == .stolenMemory ? "BDSM" : "ASLS", offset: 0x5c, bits: 32),
                missing: [MissingPiece(.qemu, "for tests")])
            let added = AddedBAR(slot: device.slot, bar: BAR(index, .memory32(size: size, prefetchable: true)))
            return Proposal(berth, TopologyEdit(addedBARs: [added]))
        }
    }
}

/// The same for the OpRegion, with a register that a script in the guest has to write.
struct ScriptedFunction: Strategy {
    let id: StrategyID = "scripted-function"
    let summary = "a BAR of any function, and a script"
    let documentation = "For tests."
    let origin = Origin("tests")
    let sources = ["none"]

    func proposals(for region: Region, in request: Request) -> [Proposal] {
        EveryFunction(regions: [.opRegion]).proposals(for: region, in: request).map { proposal in
            var copy = proposal
            copy.berth.strategy = id
            copy.berth.missing = []
            copy.berth.combination = Combination(.barAssignment, .barRAM, .guest, .guestCopy)
            return copy
        }
    }
}

/// Guests with as many functions as wanted, on bridges full of them.
enum ManyFunctions {
    static func guest(
        _ count: Int, _ firmware: FirmwareChoice, _ machine: MachineType, size: (Int) -> ByteCount
    ) -> GuestTopology {
        Guests.classic { guest in
            guest.machine = Machine(machine)
            guest.firmware = firmware
            guest.moveIGD(to: 2)
            guest.igd?.rom = .file(path: "/igd.rom", contents: .vfioIgdPkg)
            guest.qemu = QEMURelease(10, 1)
            let full = 240
            for number in 0..<count {
                let bridge = BusName("b\(number / full)")
                if number % full == 0 {
                    let place = number / full
                    guest.devices.append(
                        Device(
                            id: bridge.rawValue, model: "pci-bridge",
                            at: guest.rootSlot(UInt8(4 + place / 8), UInt8(place % 8)), multifunction: true,
                            properties: [Property("shpc", .bool(false))]))
                }
                let devfn = UInt8(number % full)
                var device = Device(
                    id: "f\(number)", model: "function", at: Slot(bridge, devfn: devfn), multifunction: devfn & 7 == 0)
                device.described = DescribedFunction(
                    vendor: 0x1b36, device: 0xffff, classCode: .unclassified,
                    bars: [BAR(.bar(0), .memory32(size: size(number), prefetchable: false))])
                guest.devices.append(device)
            }
        }
    }
}

import BerthDiagnostics
import BerthPCI
import BerthPlacement
import BerthStack
import BerthTopology
import TestSupport
import Testing

/// What each strategy proposes.
struct StrategyTests {
    private func proposals(_ id: StrategyID, _ region: Region, _ guest: GuestTopology) throws -> [Proposal] {
        try #require(Strategies.strategy(id)).proposals(for: region, in: try #require(Request(guest)))
    }

    private static let classic = Guests.classic()
    private static let odd = Guests.classic { $0.igd?.stolenMemory = .mib(96) }
    private static let bdsm = TargetRegister(name: "BDSM", offset: 0x5c, bits: 32)
    private static let asls = TargetRegister(name: "ASLS", offset: 0xfc, bits: 32)

    @Test(
        arguments: [
            ("firmware-reserved", Region.stolenMemory, RegionBerth.Backing.reservedRAM, ByteCount.mib(72), .firmware),
            ("firmware-reserved", .opRegion, .reservedRAM, .kib(8), .firmware),
            (
                "ram-controller", .stolenMemory, .bar(Slot("pci.0", devfn: 0x18), .bar(2), carrier: .ramController),
                .mib(64), .writerROM
            ),
            (
                "ram-controller", .opRegion, .bar(Slot("pci.0", devfn: 0x20), .bar(2), carrier: .ramController),
                .kib(8),
                .writerROM
            ),
            (
                "lpc-bridge", .stolenMemory, .bar(Slot("pci.0", devfn: 0xf8), .bar(0), carrier: .lpcBridge), .mib(64),
                .qemu
            ),
            ("lpc-bridge", .opRegion, .bar(Slot("pci.0", devfn: 0xf8), .bar(1), carrier: .lpcBridge), .kib(8), .qemu),
            (
                "generic-bridge", .stolenMemory, .bar(Slot("pci.0", devfn: 0x18), .bar(0), carrier: .pciBridge),
                .mib(64),
                .qemu
            ),
            (
                "bogus-dummy", .stolenMemory, .bar(Slot("pci.0", devfn: 0x18), .bar(2), carrier: .bogusDevice),
                .mib(64),
                .writerROM
            ),
            ("igd-bar5", .stolenMemory, .bar(Slot("pci.0", devfn: 0x10), .bar(5), carrier: .igd), .mib(64), .qemu),
            ("host-identity", .stolenMemory, .hostMemory(0x8b80_0000), .mib(64), .nobody),
            ("host-identity", .opRegion, .hostMemory(0x8a3f_d000), .kib(12), .nobody),
        ] as [(StrategyID, Region, RegionBerth.Backing, ByteCount, RegionBerth.RegisterWriter)])
    func `each strategy has one idea for a region of the classic guest`(
        id: StrategyID, region: Region, backing: RegionBerth.Backing, reserved: ByteCount,
        writer: RegionBerth.RegisterWriter
    ) throws {
        let found = try proposals(id, region, Self.classic)
        #expect(found.count == 1)
        let berth = try #require(found.first?.berth)
        #expect(berth.strategy == id)
        #expect(berth.backing == backing)
        #expect(berth.needed == (region == .stolenMemory ? .mib(64) : .kib(8)))
        #expect(berth.reserved == reserved)
        #expect(berth.writer == writer)
        #expect(berth.register == (region == .stolenMemory ? Self.bdsm : Self.asls))
        #expect((berth.missingPiece == nil) == ["firmware-reserved", "ram-controller"].contains(id))
    }

    @Test(arguments: ["ram-controller", "lpc-bridge", "generic-bridge", "bogus-dummy", "igd-bar5"] as [StrategyID])
    func `a BAR is rounded up to a power of two`(id: StrategyID) throws {
        let berth = try #require(try proposals(id, .stolenMemory, Self.odd).first?.berth)
        #expect(berth.needed == .mib(96) && berth.reserved == .mib(128))
    }

    @Test func `the RAM controller brings its memory and sets the code for stolen memory`() throws {
        let edit = try #require(try proposals("ram-controller", .stolenMemory, Self.classic).first?.edit)
        #expect(
            edit
                == TopologyEdit(
                    devices: [
                        Device(
                            id: "berth-stolen", model: "ivshmem-plain", at: Slot("pci.0", devfn: 0x18),
                            backend: MemoryBackend(id: "berth-stolen-memory", size: .mib(64)))
                    ], igdProperties: [Property("x-igd-gms", .number(2))],
                    tasks: [
                        RegisterTask(
                            .stolenMemory, target: Slot("pci.0", devfn: 0x10), register: 0x5c, width: 4,
                            carrier: Slot("pci.0", devfn: 0x18), bar: .bar(2))
                    ]))
    }

    @Test func `on q35 the RAM controller may sit beside ICH9`() throws {
        let slots = { (region: Region) in
            try self.proposals("ram-controller", region, Guests.q35()).compactMap(\.berth.slot?.slotText)
        }
        #expect(try slots(.stolenMemory) == ["01.0", "1f.1"])
        #expect(try slots(.opRegion) == ["03.0", "1f.4"])
    }

    @Test func `VfioIgdPkg on pc with QEMU 10 needs the LPC bridge and no legacy mode`() throws {
        let guest = Guests.classic {
            $0.firmware = FirmwareChoice(.ovmf)
            $0.qemu = QEMURelease(10, 1)
        }
        let proposal = try #require(try proposals("firmware-reserved", .opRegion, guest).first)
        #expect(proposal.berth.writer == .optionROM)
        #expect(
            proposal.edit.igdProperties == [
                Property("x-igd-opregion", .bool(true)), Property("x-igd-legacy-mode", .text("off")),
                Property("x-igd-lpc", .bool(true)),
            ])
    }

    @Test func `nothing is to be placed where there is no region`() throws {
        let meteorLake = Guests.q35 {
            $0.igd?.device = 0x7d55
            $0.igd?.stolenMemory = .zero
        }
        #expect(try proposals("nothing-to-place", .stolenMemory, meteorLake).map(\.berth.backing) == [.nothing])
        #expect(try proposals("nothing-to-place", .opRegion, meteorLake) == [])
        #expect(try proposals("nothing-to-place", .stolenMemory, Self.classic) == [])
        let headless = Guests.classic { $0.igd?.opRegion = .zero }
        #expect(
            try proposals("nothing-to-place", .opRegion, headless).map(\.edit.igdProperties) == [
                [Property("x-igd-opregion", .bool(false))]
            ])
        for strategy in Strategies.all where strategy.id != "nothing-to-place" {
            #expect(strategy.proposals(for: .opRegion, in: try #require(Request(headless))) == [], "\(strategy.id)")
        }
    }

    @Test func `without the host's addresses there is no identity`() throws {
        for asls: UInt32? in [nil, 0, .max] {
            let guest = Guests.classic {
                $0.igd?.hostStolenBase = nil
                $0.igd?.hostASLS = asls
            }
            #expect(try proposals("host-identity", .stolenMemory, guest) == [])
            #expect(try proposals("host-identity", .opRegion, guest) == [])
        }
    }

    @Test func `a full root bus leaves no slot for a device`() throws {
        let guest = Guests.classic { guest in
            guest.devices = (3..<UInt8(31)).map { Device(id: "d\($0)", model: "edu", at: guest.rootSlot($0)) }
        }
        for id: StrategyID in ["ram-controller", "generic-bridge", "bogus-dummy"] {
            #expect(try proposals(id, .stolenMemory, guest) == [], "\(id)")
        }
        #expect(try proposals("lpc-bridge", .stolenMemory, guest).count == 1)
    }
}

/// The registries against the folders: a file is a type is an entry.
struct RegistryTests {
    private func typeNames(_ folder: String) throws -> [String] {
        try PackageRoot.files(below: "Sources/Placement/\(folder)", suffix: ".swift").map { String($0.dropLast(6)) }
    }

    @Test func `strategies`() throws {
        // One type for the three identities that a server can give a carrier.
        #expect(Set(Strategies.all.map { "\(type(of: $0))" }).sorted() == (try typeNames("Strategies")))
        #expect(Set(Strategies.all.map(\.id)).count == Strategies.all.count)
        for strategy in Strategies.all { #expect(Strategies.strategy(strategy.id)?.id == strategy.id) }
    }

    @Test func `rules`() throws {
        #expect(Rules.all.map { "\(type(of: $0))" } == (try typeNames("Rules")))
        #expect(Set(Rules.all.map(\.id)).count == Rules.all.count)
        for rule in Rules.all { #expect(Rules.rule(rule.id)?.id == rule.id) }
    }

    @Test func `problems`() throws {
        #expect(Problems.all.map { "\(type(of: $0))" } == (try typeNames("Verdict/Problems")))
        #expect(Set(Problems.all.map(\.id)).count == Problems.all.count)
        #expect(Set(Problems.all.map(\.id)).isDisjoint(with: Rules.all.map(\.id)))
        for problem in Problems.all { #expect(Problems.problem(problem.id)?.id == problem.id) }
    }

    @Test func `every entry is documented and names a source`() {
        let entries =
            Strategies.all.map { ($0.id.rawValue, $0.summary, $0.documentation, $0.sources) }
            + Rules.all.map { ($0.id.rawValue, $0.summary, $0.documentation, $0.sources) }
            + Problems.all.map { ($0.id.rawValue, $0.summary, $0.documentation, $0.sources) }
        for (id, summary, documentation, sources) in entries {
            #expect(id.allSatisfy { $0.isASCII && ($0.isLowercase || $0.isNumber || $0 == "-") }, "\(id)")
            #expect(!summary.isEmpty && !summary.hasSuffix(".") && !summary.contains("\n"), "\(id)")
            #expect(documentation.hasSuffix("."), "\(id)")
            #expect(!sources.isEmpty && !sources.contains(""), "\(id)")
        }
    }
}

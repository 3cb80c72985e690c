import BerthDiagnostics
import BerthPCI
import BerthPlacement
import BerthQEMU
import BerthServices
import BerthStack
import BerthTopology
import Testing

/// Carriers that Berth's own server shows: what is proposed, joined, judged and written.
struct UserCarrierTests {
    /// Gen 9 on a pc without legacy mode, which would put a bridge of its own at 00:1f.0.
    private static func guest(_ qemu: QEMURelease = QEMURelease(10, 1), _ type: MachineType = .pc) -> GuestTopology {
        Guests.classic { guest in
            guest.machine = Machine(type)
            guest.qemu = qemu
            guest.moveIGD(to: 2)
            guest.igd?.rom = .none
        }
    }

    private func proposal(_ id: StrategyID, _ region: Region, _ guest: GuestTopology) throws -> Proposal? {
        try #require(Strategies.strategy(id)).proposals(for: region, in: try #require(Request(guest))).first
    }

    @Test(
        arguments: [
            ("lpc-bridge", 0x060100, 0xf8, RegionBerth.Carrier.lpcBridge, "lpc"),
            ("vfio-user-lpc-bridge", 0x060100, 0xf0, .lpcBridge, "lpc"),
            ("vfio-user-host-bridge", 0x060000, 0xe8, .hostBridge, "host"),
            ("vfio-user-ram-controller", 0x050000, 0xe0, .ramController, "ram"),
        ] as [(StrategyID, UInt32, UInt8, RegionBerth.Carrier, String)])
    func `both regions lie on one function, behind BARs of 32 bits`(
        id: StrategyID, code: UInt32, devfn: UInt8, carrier: RegionBerth.Carrier, name: String
    ) throws {
        var guest = Self.guest()
        for region in Region.allCases {
            let proposal = try #require(try proposal(id, region, Self.guest()))
            #expect(proposal.berth.slot == Slot("pci.0", devfn: devfn))
            #expect(proposal.berth.carrier == carrier)
            #expect(proposal.berth.missing == [])
            proposal.edit.apply(to: &guest)
        }
        let device = try #require(guest.devices.first)
        #expect(guest.devices.count == 1)
        #expect(device.id == "berth-\(name)")
        #expect(device.model == "vfio-user-pci")
        #expect(device.slot == Slot("pci.0", devfn: devfn))
        #expect(
            device.described
                == DescribedFunction(
                    vendor: 0x8086, device: 0x9d84, classCode: ClassCode(rawValue: code),
                    bars: [
                        BAR(.bar(0), .memory32(size: .mib(64), prefetchable: true)),
                        BAR(.bar(1), .memory32(size: .kib(8), prefetchable: true)),
                    ]))
        #expect(device.userSocket == "/run/berth-carrier/classic/\(name).sock")
        #expect(device["x-msg-timeout"] == .number(3_600_000))
        // Its ROM writes both registers.
        #expect(device.tasks.map(\.bar) == [.bar(0), .bar(1)])
        let tree = try guest.resolved()
        let function = try #require(tree.index(at: device.slot).map { tree.functions[$0] })
        #expect(function.bars.map(\.index) == [.bar(0), .bar(1), .rom])
        let identity = ["lpc": "", "host": " --identity host", "ram": " --identity ram"]
        #expect(
            device.servedBy
                == "berth carrier serve --socket /run/berth-carrier/classic/\(name).sock --size 64M --opregion-size 8K"
                + (identity[name] ?? ""))
    }

    @Test(arguments: ["vfio-user-lpc-bridge", "vfio-user-host-bridge", "vfio-user-ram-controller"] as [StrategyID])
    func `QEMU before 10_1 has no such device`(id: StrategyID) throws {
        #expect(try proposal(id, .stolenMemory, Self.guest(QEMURelease(10, 0))) == nil)
        #expect(try proposal(id, .stolenMemory, Self.guest(QEMURelease(10, 1))) != nil)
    }

    @Test func `where a bridge is already, nobody can put BARs on it`() throws {
        for guest in [Self.guest(QEMURelease(10, 0)), Self.guest(QEMURelease(10, 1), .q35)] {
            #expect(try proposal("lpc-bridge", .stolenMemory, guest)?.berth.missing.map(\.party) == [.qemu])
        }
    }

    @Test func `more than 2 GiB fit no BAR of 32 bits`() throws {
        var guest = Self.guest()
        guest.igd?.stolenMemory = .gib(3)
        #expect(try proposal("vfio-user-lpc-bridge", .stolenMemory, guest) == nil)
    }

    @Test func `what depends on the server is said`() throws {
        let evaluation = try Guests.evaluation(
            Self.guest(), stolen: "vfio-user-lpc-bridge", opRegion: "vfio-user-lpc-bridge")
        for region in Region.allCases {
            let said = Guests.judgements("carrier-is-served", region, evaluation)
            #expect(said.allSatisfy { $0.isCost })
            #expect(
                said.map { "\($0.fact.statement)" } == [
                    "migration, save and snapshot lose \(region.name) without a word: QEMU does not block them",
                    "the guest dies at its next reset once the server of 00:1e.0 is gone",
                ])
        }
        #expect(evaluation.topology.devices.count == 1)
        #expect(evaluation.conflicts == [])
        let other = try Guests.evaluation(Self.guest(), stolen: "ram-controller", opRegion: "ram-controller")
        #expect(Guests.judgements("carrier-is-served", .stolenMemory, other) == [])
    }

    @Test func `two servers are two devices`() throws {
        let evaluation = try Guests.evaluation(
            Self.guest(), stolen: "vfio-user-lpc-bridge", opRegion: "vfio-user-host-bridge")
        #expect(evaluation.topology.devices.map(\.id) == ["berth-lpc", "berth-host"])
        #expect(Set(evaluation.topology.devices.compactMap(\.userSocket)).count == 2)
    }

    @Test func `QEMU is told in JSON`() throws {
        var guest = Self.guest()
        for region in Region.allCases { try proposal("lpc-bridge", region, Self.guest())?.edit.apply(to: &guest) }
        let options = try ArgumentWriter.write(asItIs: guest)
        #expect(
            options.compactMap(\.value).filter { $0.contains("vfio-user") } == [
                #"{"driver":"vfio-user-pci","id":"berth-lpc","bus":"pci.0","addr":"1f.0","x-msg-timeout":3600000,"romfile":"berth-writer.rom","#
                    + #""socket":{"type":"unix","path":"/run/berth-carrier/classic/lpc.sock"}}"#
            ])
    }

    @Test func `a socket's path fits, whatever the guest is called`() {
        let path = UserDevice.socketPath(guest: String(repeating: "é/ ", count: 100), device: "berth-carrier")
        #expect(path.utf8.count <= 107)
        #expect(path.allSatisfy { $0.isASCII && $0 != " " })
    }
}

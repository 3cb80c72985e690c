import BerthBoot
import BerthPCI
import BerthStack
import BerthTopology
import Testing

/// A carrier that is there does not help while the register points elsewhere.
@Suite struct RegisterExposureTests {
    private static let gop = IGDAssignment.ROM.file(path: "gop.rom", contents: .gop)
    private static let script = RegisterHistory(
        "BDSM", [.init(.powerOn, .address(0)), .init(.drivers, .carrier)])

    /// Of a BAR on the host bridge, which Linux sizes once and never switches off.
    private func onHostBridge(
        _ register: RegisterHistory?, rom: IGDAssignment.ROM, then actions: [GuestAction] = []
    ) throws -> Exposure {
        var guest = try TimelineGuest(guest: "linux-6.1", firmware: .ovmf).withIGD(0x5912, rom: rom)
        guest.topology.addedBARs = [
            AddedBAR(slot: guest.topology.rootSlot(0), bar: BAR(.bar(0), .memory32(size: .mib(64), prefetchable: true)))
        ]
        let tree = try guest.topology.resolved()
        let outcome = BootOutcome.run(guest.topology, tree, then: actions)
        return Exposure.of(
            .stolenMemory, function: 0, bar: .bar(0), tree: tree, guest: outcome.guest, consumers: outcome.consumers,
            register: register)
    }

    @Test func `a script is too late for the GOP driver's picture`() throws {
        let found = try onHostBridge(Self.script, rom: Self.gop)
        #expect(found.level == .transientWhileInUse(count: 2))
        #expect(found.carrierLevel == .transientWhileInUse(count: 1))
        #expect(found.gaps.map(\.kind) == [.decodeOff, .registerElsewhere])
        #expect(found.gaps.map(\.phase) == [.enumeration, .enumeration])
        #expect(found.gaps.map(\.users) == [["the GOP driver"], ["the GOP driver"]])
        #expect(
            found.gaps.map(\.cause.description) == [
                "Linux sizes BAR 0 of a host bridge without switching it off",
                "BDSM holds 0x0, which is not in the carrier's BAR",
            ])
    }

    @Test func `without a picture the script is early enough`() throws {
        #expect(try onHostBridge(Self.script, rom: .none).level == .onlyBeforeDriverLoads)
    }

    @Test func `a register that follows the BAR is right while the BAR is there`() throws {
        let follows = RegisterHistory("BDSM", [.init(.powerOn, .carrier)])
        let found = try onHostBridge(follows, rom: Self.gop)
        #expect(found.level == .transientWhileInUse(count: 1))
        #expect(found.gaps.map(\.kind) == [.decodeOff])
    }

    @Test func `a register that nobody writes breaks it`() throws {
        let found = try onHostBridge(RegisterHistory("BDSM", []), rom: .none)
        #expect(found.level == .broken)
        #expect(found.gaps.map(\.users) == [[], ["i915"]])
        #expect(found.gaps.map(\.phase) == [.enumeration, .drivers])
    }

    /// Sized again (6), written (1), moved (1), all under i915; then back where it was.
    @Test func `a reboot puts right what a rescan moved`() throws {
        let guest = try TimelineGuest(guest: "linux-6.1").withIGD(0x5912, rom: .none)
        let tree = try guest.topology.resolved()
        let carrier = try #require(tree.functions.firstIndex { $0.name == "st" })
        let exposure = { (actions: [GuestAction]) in
            Exposure.of(
                .stolenMemory, function: carrier, bar: .bar(2), tree: tree,
                guest: BootOutcome.run(guest.topology, tree, then: actions).guest,
                consumers: RegionConsumers.of(guest.topology))
        }
        #expect(exposure([.remove(carrier), .rescan]).level == .broken)
        #expect(exposure([.remove(carrier), .rescan, .reboot]).level == .transientWhileInUse(count: 8))
        #expect(exposure([.reboot]).level == .onlyBeforeDriverLoads)
        #expect(exposure([.reboot]).gaps.map(\.boot) == Array(repeating: 0, count: 6) + Array(repeating: 1, count: 6))
    }

    @Test func `a BAR without an address says so`() throws {
        var guest = try TimelineGuest(guest: "linux-6.1", firmware: .ovmf)
        guest.topology.devices = [
            Device(
                id: "rp", model: "pcie-root-port", at: guest.topology.rootSlot(4),
                properties: [Property("chassis", .number(1)), Property("slot", .number(1))]),
            Device(
                id: "st", model: "ivshmem-plain", at: Slot("rp", devfn: 0),
                backend: MemoryBackend(id: "m", size: .gib(1024))),
        ]
        let tree = try guest.topology.resolved()
        let carrier = try #require(tree.functions.firstIndex { $0.name == "st" })
        let found = Exposure.of(
            .stolenMemory, function: carrier, bar: .bar(2), tree: tree,
            guest: BootOutcome.run(guest.topology, tree).guest, consumers: [])
        #expect(found.level == .broken)
        // Before that the port is sized, three times.
        #expect(found.gaps.map(\.kind) == [.decodeOff, .decodeOff, .decodeOff, .lost])
        #expect(found.firstHurtful?.cause.description == "BAR 2 has no address")
    }
}

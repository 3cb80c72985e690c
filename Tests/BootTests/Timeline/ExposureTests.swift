import BerthBoot
import BerthPCI
import BerthStack
import BerthTopology
import Testing

/// Who misses a BAR while it is gone.
@Suite struct ExposureTests {
    private static let gop = IGDAssignment.ROM.file(path: "gop.rom", contents: .gop)

    private func exposure(
        _ region: Region, of guest: TimelineGuest, then actions: [GuestAction] = []
    ) throws -> Exposure {
        let tree = try guest.topology.resolved()
        let firmware = FirmwareModels.model(for: guest.topology.firmware).boot(guest.topology, tree)
        let outcome = GuestOSModels.model(for: guest.topology.guest).run(
            guest.topology, tree, after: firmware, then: actions)
        let carrier = try #require(tree.functions.firstIndex { $0.name == "st" })
        return Exposure.of(
            region, function: carrier, bar: .bar(2), tree: tree, guest: outcome,
            consumers: RegionConsumers.of(guest.topology))
    }

    @Test func `nobody looks while Linux sizes under SeaBIOS`() throws {
        let guest = try TimelineGuest(guest: "linux-6.1").withIGD(0x5912, rom: .hostShadow)
        let found = try exposure(.stolenMemory, of: guest)
        #expect(found.level == .onlyBeforeDriverLoads)
        #expect(found.gaps.count == 6)
        #expect(found.firstHurtful?.cause.description == "Linux sizes BAR 0")
    }

    @Test func `the GOP driver's picture loses its memory six times`() throws {
        let guest = try TimelineGuest(guest: "linux-6.1", firmware: .ovmf).withIGD(0x5912, rom: Self.gop)
        let found = try exposure(.stolenMemory, of: guest)
        #expect(found.level == .transientWhileInUse(count: 6))
        #expect(found.firstHurtful?.users == ["the GOP driver"])
    }

    @Test func `from Linux 6.14 on it loses it once`() throws {
        let guest = try TimelineGuest(guest: "linux-6.14", firmware: .ovmf).withIGD(0x5912, rom: Self.gop)
        #expect(try exposure(.stolenMemory, of: guest).level == .transientWhileInUse(count: 1))
    }

    @Test func `the OpRegion is read only when the driver loads`() throws {
        let guest = try TimelineGuest(guest: "linux-6.1", firmware: .ovmf).withIGD(0x5912, rom: Self.gop)
        #expect(try exposure(.opRegion, of: guest).level == .onlyBeforeDriverLoads)
    }

    @Test func `Windows leaves it alone`() throws {
        let guest = try TimelineGuest(guest: "windows-10", firmware: .ovmf).withIGD(0x5912, rom: Self.gop)
        #expect(try exposure(.stolenMemory, of: guest).level == .never)
    }

    @Test func `a rescan of the carrier breaks it for good`() throws {
        let guest = try TimelineGuest(guest: "linux-6.1").withIGD(0x5912, rom: .none)
        let carrier = try #require(try guest.topology.resolved().functions.firstIndex { $0.name == "st" })
        let found = try exposure(.stolenMemory, of: guest, then: [.remove(carrier), .rescan])
        #expect(found.level == .broken)
    }

    @Test func `suspend to RAM takes it from under the driver`() throws {
        let guest = try TimelineGuest(guest: "linux-6.1").withIGD(0x5912, rom: .none)
        #expect(
            try exposure(.stolenMemory, of: guest, then: [.suspendToRAM]).level == .transientWhileInUse(count: 1))
        #expect(try exposure(.stolenMemory, of: guest, then: [.suspendToIdle]).level == .onlyBeforeDriverLoads)
    }

    @Test func `a carrier behind a port is gone when the port is, too`() throws {
        var guest = try TimelineGuest(guest: "linux-6.1").withIGD(0x5912, rom: .none)
        guest.topology.devices[0].slot = Slot("rp", devfn: 0)
        guest.topology.devices.insert(
            Device(
                id: "rp", model: "pcie-root-port", at: guest.topology.rootSlot(4),
                properties: [Property("chassis", .number(1)), Property("slot", .number(1))]), at: 0)
        let found = try exposure(.stolenMemory, of: guest)
        #expect(found.gaps.count == 9)
        #expect(Set(found.gaps.map(\.function)).count == 2)
    }

    /// i915 assumes VT-d under a hypervisor, and with VT-d it leaves stolen memory alone before generation 8.
    @Test(arguments: [
        (0x0126, [Region.opRegion]), (0x0412, [.opRegion]), (0x1616, [.stolenMemory, .opRegion]),
        (0x5912, [.stolenMemory, .opRegion]), (0x7d55, [.opRegion]),
    ])
    func `which regions i915 uses in a guest`(device: Int, regions: [Region]) throws {
        let guest = try TimelineGuest(guest: "linux-6.1").withIGD(UInt16(device), rom: .none)
        let users = RegionConsumers.of(guest.topology).filter { $0.access != .register }
        #expect(users.map(\.region) == regions)
    }
}

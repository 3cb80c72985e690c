import BerthPCI
import BerthRehearsal
import BerthStack
import BerthTopology
import BerthVFIOUser
import Testing

/// The Intel display that our own server shows.
struct StandInDisplayTests {
    private func display(_ release: String, device: UInt16) throws -> StandInDisplay {
        var guest = GuestTopology(
            name: "g", machine: Machine(.q35), ram: GuestRAM(.gib(1)), firmware: .init(.seabios), stack: .standard)
        guest.qemu = try .parse(release)
        guest.igd = IGDAssignment(
            slot: guest.rootSlot(2), host: PCIAddress(bus: 0, devfn: 0x10), device: device, stolenMemory: .mib(64))
        guest.igd?.hostStolenBase = .init(0x8b80_0000)
        guest.igd?.graphicsControl = 0x02c1
        let staged = StagedGuest(guest, on: .init(11, 1))
        return try #require(staged.display)
    }

    private func word(_ display: inout StandInDisplay, _ offset: UInt64) -> UInt32 {
        display.read(.configuration, at: offset, count: 4).reversed().reduce(0) { $0 << 8 | UInt32($1) }
    }

    @Test func `identity, class and BARs are those of the IGD`() throws {
        var display = try display("11.1", device: 0x5916)
        try display.attach()
        #expect(word(&display, 0) == 0x5916_8086)
        #expect(word(&display, 8) == 0x0300_0000)
        for (offset, size) in [(UInt64(0x10), UInt32(0xff00_0004)), (0x18, 0xf000_000c), (0x20, 0xffff_ffc1)] {
            display.write([0xff, 0xff, 0xff, 0xff], to: .configuration, at: offset)
            #expect(word(&display, offset) == size)
        }
    }

    @Test func `interrupts are where the real ones have them`() throws {
        for (device, place) in [(UInt16(0x1616), UInt32(0x90)), (0x5916, 0xac), (0x9a49, 0xac)] {
            var display = try display("11.1", device: device)
            try display.attach()
            #expect(word(&display, 0x34) == place && word(&display, UInt64(place)) == 0x0005)
            #expect(word(&display, 0x3c) == 0x0100)
        }
    }

    @Test func `BDSM and ASLS take what is written where QEMU emulates them, GGC never does`() throws {
        var display = try display("11.1", device: 0x5916)
        try display.attach()
        for offset: UInt64 in [0x50, 0x5c, 0xfc] {
            display.write([0x00, 0x00, 0xf0, 0xba], to: .configuration, at: offset)
        }
        #expect(word(&display, 0x50) == 0x02c1)
        #expect(word(&display, 0x5c) == 0xbaf0_0000)
        #expect(word(&display, 0xfc) == 0xbaf0_0000)
        display.reset()
        #expect(word(&display, 0x5c) == 0)
    }

    @Test func `BDSM is the host's and locked where QEMU does not emulate it`() throws {
        // On q35 there is no legacy mode, and before 10.0 nothing else emulates it.
        var display = try display("9.2", device: 0x5916)
        try display.attach()
        display.write([0x00, 0x00, 0xf0, 0xba], to: .configuration, at: 0x5c)
        #expect(word(&display, 0x5c) == 0x8b80_0001)
    }

    @Test func `from generation 11 on BDSM is 64 bits at 0xc0`() throws {
        var display = try display("11.1", device: 0x9a49)
        try display.attach()
        for offset: UInt64 in [0xc0, 0xc4] { display.write([1, 2, 3, 4], to: .configuration, at: offset) }
        #expect(word(&display, 0xc0) == 0x0403_0201 && word(&display, 0xc4) == 0x0403_0201)
    }

    @Test func `registers behind BAR 0 keep what is written, and a request to wake is answered`() throws {
        var display = try display("11.1", device: 0x5916)
        try display.attach()
        display.write([1, 0, 1, 0], to: .bar0, at: 0xa188)
        #expect(display.read(.bar0, at: 0x13_0044, count: 4) == [1, 0, 0, 0])
        display.write([0, 0, 1, 0], to: .bar0, at: 0xa188)
        #expect(display.read(.bar0, at: 0x13_0044, count: 4) == [0, 0, 0, 0])
        #expect(display.read(.bar0, at: 0xa188, count: 4) == [0, 0, 1, 0])
        #expect(display.log.count == 5)
        #expect(display.log.all.first == .init(region: .bar0, offset: 0xa188, isWrite: true, value: 0x1_0001))
    }
}

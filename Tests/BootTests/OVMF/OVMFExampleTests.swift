import BerthBoot
import BerthPCI
import BerthStack
import BerthTopology
import Testing

/// Guests whose addresses were read back from real ones.
@Suite struct OVMFExampleTests {
    @Test func `A q35 guest with a root port: 64-bit BARs above 4 GiB, the rest from 0xc0000000 on`() throws {
        let guest = try BootedGuest(.ovmf, ExampleGuests.rootPort)
        guest.check([
            ExpectedBAR("vga", 0, 0xc000_0000), ExpectedBAR("vga", 2, 0xc124_4000),
            ExpectedBAR("stolen", 0, 0xc124_3000), ExpectedBAR("stolen", 2, 0xe0_2000_0000),
            ExpectedBAR("opregion", 0, 0xc124_2000), ExpectedBAR("opregion", 2, 0xe0_2400_0000),
            ExpectedBAR("rp1", 0, 0xc124_1000), ExpectedBAR("net", 1, 0xc100_0000),
            ExpectedBAR("net", 4, 0xe0_0000_0000), ExpectedBAR("ich9-ahci", 4, 0x6240),
            ExpectedBAR("ich9-ahci", 5, 0xc124_0000), ExpectedBAR("ICH9-SMB", 4, 0x6200),
        ])
        #expect(
            guest.bridge("rp1")
                == "1-1 io 0x6000-0x6fff mem 0xc1000000-0xc11fffff pref 0xe000000000-0xe01fffffff")
        #expect(guest["net"]?.romReservation == 0xc120_0000)
        #expect(guest["vga"]?.romReservation == 0xc120_0000)
        #expect(guest.rejected.isEmpty)
        #expect(guest.outcome.registers.isEmpty)
        #expect(guest.outcome.memoryMap.isEmpty)
    }

    /// What does not depend on the size of stolen memory.
    private let belowInB = [
        ExpectedBAR("piix3-ide", 4, 0xd140), ExpectedBAR("igd", 0, 0xc026_2000), ExpectedBAR("igd", 1, 0xd000),
        ExpectedBAR("stolen", 0, 0xc026_1000), ExpectedBAR("opregion", 0, 0xc026_0000),
        ExpectedBAR("nic", 0, 0xc024_0000), ExpectedBAR("nic", 1, 0xd100), ExpectedBAR("rng", 0, 0xc000),
        ExpectedBAR("rng", 1, 0xc000_0000),
    ]

    @Test func `A pc guest with a bridge: merging turns equal alignments around`() throws {
        let guest = try BootedGuest(.ovmf, ExampleGuests.bridge(stolen: "512M"))
        guest.check(
            belowInB + [
                ExpectedBAR("igd", 2, 0xe0_4000_0000), ExpectedBAR("stolen", 2, 0xe0_0000_0000),
                ExpectedBAR("opregion", 2, 0xe0_5000_0000), ExpectedBAR("br1", 0, 0xe0_5000_2000),
                ExpectedBAR("rng", 4, 0xe0_2000_0000),
            ])
        #expect(
            guest.bridge("br1")
                == "1-1 io 0xc000-0xcfff mem 0xc0000000-0xc01fffff pref 0xe020000000-0xe03fffffff")
        #expect(guest["nic"]?.romReservation == 0xc020_0000)
    }

    @Test func `The same guest with 1 GiB of stolen memory: only the block above 4 GiB changes`() throws {
        let guest = try BootedGuest(.ovmf, ExampleGuests.bridge(stolen: "1G"))
        guest.check(
            belowInB + [
                ExpectedBAR("br1", 0, 0xe0_7000_2000), ExpectedBAR("stolen", 2, 0xe0_0000_0000),
                ExpectedBAR("igd", 2, 0xe0_6000_0000), ExpectedBAR("opregion", 2, 0xe0_7000_0000),
                ExpectedBAR("rng", 4, 0xe0_4000_0000),
            ])
        #expect(
            guest.bridge("br1")
                == "1-1 io 0xc000-0xcfff mem 0xc0000000-0xc01fffff pref 0xe040000000-0xe05fffffff")
    }

    @Test func `A switch, a conventional bus and ROMs: later devices below earlier ones`() throws {
        let guest = try BootedGuest(.ovmf, ExampleGuests.switchAndROMs)
        guest.check([
            ExpectedBAR("rp", 0, 0xc064_1000), ExpectedBAR("pb", 0, 0xe0_6000_8000),
            ExpectedBAR("xh", 0, 0xe0_6000_4000), ExpectedBAR("nv", 0, 0xe0_6000_0000),
            ExpectedBAR("ich9-ahci", 4, 0x9040), ExpectedBAR("ich9-ahci", 5, 0xc064_0000),
            ExpectedBAR("ICH9-SMB", 4, 0x9000), ExpectedBAR("n0", 0, 0xc042_0000),
            ExpectedBAR("n0", 1, 0xc040_0000), ExpectedBAR("n0", 2, 0x8000), ExpectedBAR("n0", 3, 0xc044_0000),
            ExpectedBAR("n1", 1, 0xc020_0000), ExpectedBAR("n1", 4, 0xe0_0000_0000),
            ExpectedBAR("n2", 0, 0xc002_0000), ExpectedBAR("n2", 1, 0x6140), ExpectedBAR("n3", 0, 0xc000_0000),
            ExpectedBAR("n3", 1, 0x6100), ExpectedBAR("td", 0, 0xc004_0000), ExpectedBAR("td", 1, 0x6000),
            ExpectedBAR("td", 2, 0xe0_4000_0000),
        ])
        let port = "io 0x7000-0x8fff mem 0xc0200000-0xc05fffff pref 0xe000000000-0xe03fffffff"
        #expect(guest.bridge("rp") == "1-4 " + port)
        #expect(guest.bridge("up") == "2-4 " + port)
        #expect(
            guest.bridge("d0")
                == "3-3 io 0x8000-0x8fff mem 0xc0400000-0xc05fffff pref 0xe020000000-0xe03fffffff")
        #expect(
            guest.bridge("d1")
                == "4-4 io 0x7000-0x7fff mem 0xc0200000-0xc03fffff pref 0xe000000000-0xe01fffffff")
        #expect(
            guest.bridge("pb")
                == "5-5 io 0x6000-0x6fff mem 0xc0000000-0xc01fffff pref 0xe040000000-0xe05fffffff")
    }
}

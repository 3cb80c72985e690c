import BerthBoot
import BerthPCI
import BerthStack
import BerthTopology
import Testing

/// Guests whose addresses were read back from real ones.
@Suite struct SeaBIOSExampleTests {
    @Test func `A q35 guest with a root port fits below 4 GiB`() throws {
        let guest = try BootedGuest(.seabios, ExampleGuests.rootPort)
        guest.check(
            [
                ExpectedBAR("vga", 0, 0xfc00_0000), ExpectedBAR("vga", 2, 0xfea1_0000),
                ExpectedBAR("stolen", 0, 0xfea1_1000), ExpectedBAR("stolen", 2, 0xf800_0000),
                ExpectedBAR("opregion", 0, 0xfea1_2000), ExpectedBAR("opregion", 2, 0xfd20_0000),
                ExpectedBAR("rp1", 0, 0xfea1_3000), ExpectedBAR("net", 1, 0xfe84_0000),
                ExpectedBAR("net", 4, 0xfd00_0000), ExpectedBAR("ich9-ahci", 4, 0xc040),
                ExpectedBAR("ich9-ahci", 5, 0xfea1_4000), ExpectedBAR("ICH9-SMB", 4, 0x700),
            ])
        #expect(
            guest.bridge("rp1") == "1-1 io closed mem 0xfe800000-0xfe9fffff pref 0xfd000000-0xfd1fffff")
        #expect(guest["vga"]?.romReservation == 0xfea0_0000)
        #expect(guest["net"]?.romReservation == 0xfe80_0000)
        #expect(guest.outcome.apertures.above4GiB == nil)
    }

    private let sameInB = [
        ExpectedBAR("piix3-ide", 4, 0xd140), ExpectedBAR("igd", 0, 0xfea6_0000), ExpectedBAR("igd", 1, 0xd000),
        ExpectedBAR("stolen", 0, 0xfea6_1000), ExpectedBAR("opregion", 0, 0xfea6_2000),
        ExpectedBAR("nic", 0, 0xfea4_0000),
        ExpectedBAR("nic", 1, 0xd100), ExpectedBAR("rng", 0, 0xc000), ExpectedBAR("rng", 1, 0xfe80_0000),
    ]

    @Test func `A pc guest whose prefetchable block just fits`() throws {
        let guest = try BootedGuest(.seabios, ExampleGuests.bridge(stolen: "512M"))
        guest.check(
            sameInB + [
                ExpectedBAR("igd", 2, 0xe000_0000), ExpectedBAR("stolen", 2, 0xc000_0000),
                ExpectedBAR("opregion", 2, 0xf020_0000), ExpectedBAR("br1", 0, 0xfea6_3000),
                ExpectedBAR("rng", 4, 0xf000_0000),
            ])
        #expect(guest.bridge("br1") == "1-1 io 0xc000-0xcfff mem 0xfe800000-0xfe9fffff pref 0xf0000000-0xf01fffff")
    }

    @Test func `With 1 GiB more than fits, all 64-bit BARs of the root bus go up`() throws {
        let guest = try BootedGuest(.seabios, ExampleGuests.bridge(stolen: "1G"))
        guest.check(
            sameInB + [
                ExpectedBAR("br1", 0, 0x1_4000_0000), ExpectedBAR("stolen", 2, 0x1_8000_0000),
                ExpectedBAR("igd", 2, 0x1_c000_0000), ExpectedBAR("opregion", 2, 0x1_d020_0000),
                ExpectedBAR("rng", 4, 0x1_d000_0000),
            ])
        #expect(guest.bridge("br1") == "1-1 io 0xc000-0xcfff mem 0xfe800000-0xfe9fffff pref 0x1d0000000-0x1d01fffff")
        #expect(guest.outcome.apertures.above4GiB?.description == "0x140000000-0x1ffffffff")
    }

    @Test func `A switch, a conventional bus and ROMs: the higher bus below the lower one`() throws {
        let guest = try BootedGuest(.seabios, ExampleGuests.switchAndROMs)
        guest.check(
            [
                ExpectedBAR("rp", 0, 0xfea0_8000), ExpectedBAR("pb", 0, 0xfea0_9000), ExpectedBAR("xh", 0, 0xfea0_0000),
                ExpectedBAR("nv", 0, 0xfea0_4000), ExpectedBAR("ich9-ahci", 4, 0xe040),
                ExpectedBAR("ich9-ahci", 5, 0xfea0_a000),
                ExpectedBAR("n0", 0, 0xfe64_0000), ExpectedBAR("n0", 1, 0xfe66_0000), ExpectedBAR("n0", 2, 0xd000),
                ExpectedBAR("n0", 3, 0xfe68_0000), ExpectedBAR("n1", 1, 0xfe44_0000), ExpectedBAR("n1", 4, 0xfc00_0000),
                ExpectedBAR("n2", 0, 0xfe88_0000), ExpectedBAR("n2", 1, 0xc100), ExpectedBAR("n3", 0, 0xfe8a_0000),
                ExpectedBAR("n3", 1, 0xc140), ExpectedBAR("td", 0, 0xfe8c_0000), ExpectedBAR("td", 1, 0xc000),
                ExpectedBAR("td", 2, 0xf800_0000),
            ])
        #expect(guest.bridge("rp") == "1-4 io 0xd000-0xdfff mem 0xfe400000-0xfe7fffff pref 0xfc000000-0xfc3fffff")
        #expect(guest.bridge("d0") == "3-3 io 0xd000-0xdfff mem 0xfe600000-0xfe7fffff pref 0xfc200000-0xfc3fffff")
        #expect(guest.bridge("d1") == "4-4 io closed mem 0xfe400000-0xfe5fffff pref 0xfc000000-0xfc1fffff")
        #expect(guest.bridge("pb") == "5-5 io 0xc000-0xcfff mem 0xfe800000-0xfe9fffff pref 0xf8000000-0xfbffffff")
    }

    @Test(arguments: [
        ("q35 -m 2G,slots=2,maxmem=8G", UInt64(0x3_0000_0000)), ("pc,max-ram-below-4g=2G -m 4G", 0x8000_0000),
        ("q35,max-ram-below-4g=1G -m 4G", 0x1_c000_0000), ("pc -m 3328", 0x1_0000_0000),
    ])
    func `One BAR of 1 GiB`(machine: String, address: UInt64) throws {
        let guest = try BootedGuest(
            .seabios, "-machine \(machine) -device pci-testdev,id=td,membar=1G,addr=3 -device e1000,addr=4")
        #expect(guest.address("td", 2) == address)
    }

    @Test(arguments: [
        ("q35", 2048, 64, 8, UInt64(0x7af0_0000), UInt64(0x7fff_e000)), ("pc", 1024, 32, 16, 0x3cf0_0000, 0x3fff_c000),
        ("q35", 4096, 128, 8, 0x76f0_0000, 0x7fff_e000), ("pc", 4096, 512, 12, 0x9ef0_0000, 0xbfff_d000),
        ("pc", 3584, 64, 8, 0xbaf0_0000, 0xbfff_e000),
    ])
    func `An IGD gets stolen memory below the heap and the OpRegion on top of it`(
        machine: String, memory: Int, stolen: UInt64, opRegion: UInt64, bdsm: UInt64, asls: UInt64
    ) throws {
        var topology = try BootedGuest(
            .seabios, "-machine \(machine) -m \(memory) -device pci-testdev,id=igd,membar=256M,addr=2"
        ).topology
        topology.devices[0].identity = IdentityOverride(vendor: 0x8086, device: 0x5916, classCode: .vga)
        topology.firmwareFiles = [
            FirmwareFile(FirmwareFile.opRegion, .file(path: "", size: .kib(opRegion))),
            FirmwareFile(FirmwareFile.stolenMemorySize, .number(stolen << 20)),
        ]
        let tree = try topology.resolved()
        let outcome = SeaBIOS().boot(topology, tree)
        let igd = try #require(tree.functions.firstIndex { $0.name == "igd" })
        #expect(outcome.register(0x5c, of: igd) == bdsm)
        #expect(outcome.register(0xfc, of: igd) == asls)
        #expect(
            outcome.memoryMap.contains {
                $0.kind == .reserved && $0.range.start.rawValue == bdsm && $0.range.size == .mib(stolen)
            })
    }

    @Test func `It stops when 32-bit BARs do not fit, or ports`() throws {
        let displays = (2..<7).map { "-device secondary-vga,id=v\($0),vgamem_mb=256,addr=\($0)" }.joined(separator: " ")
        #expect(
            try BootedGuest(.seabios, "-machine q35 -m 2048 \(displays)").outcome.halted == "out of 32bit address space"
        )
        let bridges = { (count: Int) in
            (0..<count).map { "-device pci-bridge,id=b\($0),chassis_nr=\($0 + 1),addr=\(String($0 + 2, radix: 16))" }
                .joined(separator: " ")
        }
        #expect(try BootedGuest(.seabios, "-machine q35 -m 2048 \(bridges(14))").outcome.halted == nil)
        #expect(
            try BootedGuest(.seabios, "-machine q35 -m 2048 \(bridges(15))").outcome.halted
                == "out of I/O address space")
        #expect(try BootedGuest(.seabios, "-machine pc -m 2048 \(bridges(8))").outcome.halted == nil)
        #expect(
            try BootedGuest(.seabios, "-machine pc -m 2048 \(bridges(9))").outcome.halted == "out of I/O address space")
    }
}

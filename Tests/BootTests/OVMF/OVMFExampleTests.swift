import BerthBoot
import BerthPCI
import BerthTopology
import Testing

/// Guests whose addresses were read back from real ones.
@Suite struct OVMFExampleTests {
    /// q35 with one root port and two ivshmem devices, 2 GiB.
    private let exampleA = """
        -machine q35 -m 2048
        -object memory-backend-ram,id=m1,size=64M,share=on -object memory-backend-ram,id=m2,size=16K,share=on
        -device VGA,id=vga,bus=pcie.0,addr=02.0
        -device ivshmem-plain,id=stolen,memdev=m1,bus=pcie.0,addr=03.0
        -device ivshmem-plain,id=opregion,memdev=m2,bus=pcie.0,addr=04.0
        -device pcie-root-port,id=rp1,bus=pcie.0,addr=05.0,chassis=1,slot=1
        -device virtio-net-pci,id=net,bus=rp1,addr=00.0
        """

    @Test func `A q35 guest with a root port: 64-bit BARs above 4 GiB, the rest from 0xc0000000 on`() throws {
        let guest = try BootedGuest(.ovmf, exampleA)
        for expected in [
            ExpectedBAR("vga", 0, 0xc000_0000), ExpectedBAR("vga", 2, 0xc124_4000),
            ExpectedBAR("stolen", 0, 0xc124_3000), ExpectedBAR("stolen", 2, 0xe0_2000_0000),
            ExpectedBAR("opregion", 0, 0xc124_2000), ExpectedBAR("opregion", 2, 0xe0_2400_0000),
            ExpectedBAR("rp1", 0, 0xc124_1000), ExpectedBAR("net", 1, 0xc100_0000),
            ExpectedBAR("net", 4, 0xe0_0000_0000), ExpectedBAR("ich9-ahci", 4, 0x6240),
            ExpectedBAR("ich9-ahci", 5, 0xc124_0000), ExpectedBAR("ICH9-SMB", 4, 0x6200),
        ] {
            #expect(guest.address(expected.function, expected.bar) == expected.address, "\(expected)")
        }
        #expect(
            guest.bridge("rp1")
                == "1-1 io 0x6000-0x6fff mem 0xc1000000-0xc11fffff pref 0xe000000000-0xe01fffffff")
        #expect(guest["net"]?.romReservation == 0xc120_0000)
        #expect(guest["vga"]?.romReservation == 0xc120_0000)
        #expect(guest.rejected.isEmpty)
        #expect(guest.outcome.registers.isEmpty)
        #expect(guest.outcome.memoryMap.isEmpty)
    }

    private func exampleB(stolen: String) -> String {
        """
        -machine pc -m 4096
        -object memory-backend-ram,id=m1,size=\(stolen),share=on -object memory-backend-ram,id=m2,size=8K,share=on
        -device pci-testdev,id=igd,membar=256M,bus=pci.0,addr=02.0
        -device ivshmem-plain,id=stolen,memdev=m1,bus=pci.0,addr=03.0
        -device ivshmem-plain,id=opregion,memdev=m2,bus=pci.0,addr=04.0
        -device e1000,id=nic,bus=pci.0,addr=05.0
        -device pci-bridge,id=br1,chassis_nr=1,bus=pci.0,addr=06.0
        -device virtio-rng-pci,id=rng,bus=br1,addr=01.0
        """
    }

    /// What does not depend on the size of stolen memory.
    private let belowInB = [
        ExpectedBAR("piix3-ide", 4, 0xd140), ExpectedBAR("igd", 0, 0xc026_2000), ExpectedBAR("igd", 1, 0xd000),
        ExpectedBAR("stolen", 0, 0xc026_1000), ExpectedBAR("opregion", 0, 0xc026_0000),
        ExpectedBAR("nic", 0, 0xc024_0000), ExpectedBAR("nic", 1, 0xd100), ExpectedBAR("rng", 0, 0xc000),
        ExpectedBAR("rng", 1, 0xc000_0000),
    ]

    @Test func `A pc guest with a bridge: merging turns equal alignments around`() throws {
        let guest = try BootedGuest(.ovmf, exampleB(stolen: "512M"))
        for expected in belowInB + [
            ExpectedBAR("igd", 2, 0xe0_4000_0000), ExpectedBAR("stolen", 2, 0xe0_0000_0000),
            ExpectedBAR("opregion", 2, 0xe0_5000_0000), ExpectedBAR("br1", 0, 0xe0_5000_2000),
            ExpectedBAR("rng", 4, 0xe0_2000_0000),
        ] {
            #expect(guest.address(expected.function, expected.bar) == expected.address, "\(expected)")
        }
        #expect(
            guest.bridge("br1")
                == "1-1 io 0xc000-0xcfff mem 0xc0000000-0xc01fffff pref 0xe020000000-0xe03fffffff")
        #expect(guest["nic"]?.romReservation == 0xc020_0000)
    }

    @Test func `The same guest with 1 GiB of stolen memory: only the block above 4 GiB changes`() throws {
        let guest = try BootedGuest(.ovmf, exampleB(stolen: "1G"))
        for expected in belowInB + [
            ExpectedBAR("br1", 0, 0xe0_7000_2000), ExpectedBAR("stolen", 2, 0xe0_0000_0000),
            ExpectedBAR("igd", 2, 0xe0_6000_0000), ExpectedBAR("opregion", 2, 0xe0_7000_0000),
            ExpectedBAR("rng", 4, 0xe0_4000_0000),
        ] {
            #expect(guest.address(expected.function, expected.bar) == expected.address, "\(expected)")
        }
        #expect(
            guest.bridge("br1")
                == "1-1 io 0xc000-0xcfff mem 0xc0000000-0xc01fffff pref 0xe040000000-0xe05fffffff")
    }

    @Test func `A switch, a conventional bus and ROMs: later devices below earlier ones`() throws {
        let guest = try BootedGuest(
            .ovmf,
            """
            -machine q35 -m 2048
            -device pcie-root-port,id=rp,bus=pcie.0,addr=05.0,chassis=1,slot=1
            -device x3130-upstream,id=up,bus=rp,addr=00.0
            -device xio3130-downstream,id=d0,bus=up,addr=00.0,chassis=2,slot=2
            -device xio3130-downstream,id=d1,bus=up,addr=01.0,chassis=3,slot=3
            -device e1000e,id=n0,bus=d0,addr=00.0
            -device virtio-net-pci,id=n1,bus=d1,addr=00.0
            -device pcie-pci-bridge,id=pb,bus=pcie.0,addr=06.0
            -device e1000,id=n2,bus=pb,addr=01.0
            -device e1000,id=n3,bus=pb,addr=02.0
            -device pci-testdev,id=td,membar=64M,bus=pb,addr=03.0
            -device qemu-xhci,id=xh,bus=pcie.0,addr=07.0
            -device nvme,serial=x,id=nv,bus=pcie.0,addr=08.0
            """)
        for expected in [
            ExpectedBAR("rp", 0, 0xc064_1000), ExpectedBAR("pb", 0, 0xe0_6000_8000),
            ExpectedBAR("xh", 0, 0xe0_6000_4000), ExpectedBAR("nv", 0, 0xe0_6000_0000),
            ExpectedBAR("ich9-ahci", 4, 0x9040), ExpectedBAR("ich9-ahci", 5, 0xc064_0000),
            ExpectedBAR("ICH9-SMB", 4, 0x9000), ExpectedBAR("n0", 0, 0xc042_0000),
            ExpectedBAR("n0", 1, 0xc040_0000), ExpectedBAR("n0", 2, 0x8000), ExpectedBAR("n0", 3, 0xc044_0000),
            ExpectedBAR("n1", 1, 0xc020_0000), ExpectedBAR("n1", 4, 0xe0_0000_0000),
            ExpectedBAR("n2", 0, 0xc002_0000), ExpectedBAR("n2", 1, 0x6140), ExpectedBAR("n3", 0, 0xc000_0000),
            ExpectedBAR("n3", 1, 0x6100), ExpectedBAR("td", 0, 0xc004_0000), ExpectedBAR("td", 1, 0x6000),
            ExpectedBAR("td", 2, 0xe0_4000_0000),
        ] {
            #expect(guest.address(expected.function, expected.bar) == expected.address, "\(expected)")
        }
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

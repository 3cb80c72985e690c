import BerthBoot
import BerthPCI
import BerthStack
import BerthTopology
import Testing

/// Where OVMF's windows lie, and the BAR of 1 GiB that shows it.
@Suite struct OVMFApertureTests {
    private static let devices =
        " -device pci-testdev,id=big,membar=1G,addr=03.0 -device e1000,id=nic,addr=04.0"

    struct Row: Sendable, CustomStringConvertible {
        var guest: String
        var below: String
        var above: String
        var address: UInt64
        init(_ guest: String, _ below: String, _ above: String, _ address: UInt64) {
            self.guest = guest
            self.below = below
            self.above = above
            self.address = address
        }
        var description: String { guest }
    }

    private static let high = "0xc0000000-0xfbffffff"
    private static let top = "0xe000000000-0xffffffffff"
    private static let intel = " -cpu qemu64,vendor=GenuineIntel"

    @Test(arguments: [
        Row("-machine pc -m 2048", "0x80000000-0xfbffffff", top, 0xe0_0000_0000),
        Row("-machine q35 -m 2048", high, top, 0xe0_0000_0000),
        Row("-machine pc -m 2048" + intel, "0x80000000-0xfbffffff", "0x800000000-0xfffffffff", 0x8_0000_0000),
        Row("-machine q35 -m 2048" + intel, high, "0x800000000-0xfffffffff", 0x8_0000_0000),
        Row("-machine q35 -m 12288" + intel, high, "0x800000000-0xfffffffff", 0x8_0000_0000),
        Row("-machine pc,max-ram-below-4g=2G -m 4096", "0x80000000-0xfbffffff", top, 0xe0_0000_0000),
        Row("-machine pc -m 3328", "0xe0000000-0xfbffffff", top, 0xe0_0000_0000),
        Row(
            "-machine q35 -m 2048 -fw_cfg name=opt/ovmf/X-PciMmio64Mb,string=65536" + intel, high,
            "0x1000000000-0x1fffffffff", 0x10_0000_0000),
        Row("-machine q35 -m 2048 -fw_cfg name=opt/ovmf/X-PciMmio64Mb,string=65536", high, top, 0xe0_0000_0000),
        Row("-machine q35 -m 2048 -fw_cfg name=opt/ovmf/X-PciMmio64Mb,string=0", high, top, 0xe0_0000_0000),
        Row(
            "-machine q35 -m 2G,slots=2,maxmem=80G" + intel, high, "0x1800000000-0x1fffffffff", 0x18_0000_0000),
        Row(
            "-machine q35 -m 2048 -fw_cfg name=opt/ovmf/X-PciMmio64Mb,string=16777217" + intel, high,
            "0x800000000-0xfffffffff", 0x8_0000_0000),
        Row(
            "-machine q35 -m 2048 -cpu qemu64,vendor=GenuineIntel,phys-bits=39", high,
            "0x7000000000-0x7fffffffff", 0x70_0000_0000),
        Row(
            "-machine q35 -m 2048 -cpu qemu64,vendor=GenuineIntel,phys-bits=46,pdpe1gb=on", high,
            "0x380000000000-0x3fffffffffff", 0x3800_0000_0000),
        Row(
            "-machine q35 -m 2048 -cpu qemu64,vendor=GenuineIntel,phys-bits=46,pdpe1gb=off", high, top,
            0xe0_0000_0000),
    ])
    func `The aperture above 4 GiB follows RAM, address width and fw_cfg`(row: Row) throws {
        let guest = try BootedGuest(.ovmf, row.guest + Self.devices)
        #expect(guest.outcome.apertures.below4GiB?.description == row.below)
        #expect(guest.outcome.apertures.above4GiB?.description == row.above)
        #expect(guest.address("big", 2) == row.address)
    }

    @Test func `Without a valid address width a size of 0 leaves no aperture, and all BARs go below 4 GiB`() throws {
        let guest = try BootedGuest(
            .ovmf,
            "-machine pc -m 1024 -fw_cfg name=opt/ovmf/X-PciMmio64Mb,string=0" + Self.intel,
            "-device pci-testdev,id=big,membar=1G,addr=03.0")
        #expect(guest.outcome.apertures.above4GiB == nil)
        #expect(guest.address("big", 2) == 0x8000_0000)
        #expect(guest.address("big", 0) == 0xc000_0000)
    }

    @Test(arguments: [("pc", "0xc000-0xffff"), ("q35", "0x6000-0xffff")])
    func `Each machine type has its range of ports`(machine: String, ports: String) throws {
        #expect(try BootedGuest(.ovmf, "-machine \(machine) -m 1024").outcome.apertures.io?.description == ports)
    }
}

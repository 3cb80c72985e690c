import BerthBoot
import BerthPCI
import BerthStack
import BerthTopology
import Testing

/// What OVMF gives up when space runs out.
@Suite struct OVMFOutOfSpaceTests {
    @Test func `Devices on bus 0 are never turned away: nothing at all gets an address`() throws {
        let displays = (3...7).map { "-device secondary-vga,id=v\($0),vgamem_mb=256,addr=0\($0).0" }
        let guest = try BootedGuest(
            .ovmf, "-machine pc -m 2048 -device e1000,id=nic,addr=08.0", displays.joined(separator: " "))
        #expect(!guest.isUnassigned)
        let full = try BootedGuest(
            .ovmf, "-machine pc -m 3072 -device e1000,id=nic,addr=08.0", displays.joined(separator: " "))
        #expect(full.isUnassigned)
        #expect(full.rejected == ["piix3-ide", "nic", "v3", "v4", "v5", "v6", "v7"])
    }

    @Test func `Behind ports the largest BARs go first, until the rest fits`() throws {
        let ports = (1...5).map {
            "-device pcie-root-port,id=rp\($0),bus=pcie.0,addr=0\($0).0,chassis=\($0),slot=\($0) "
                + "-device secondary-vga,id=v\($0),vgamem_mb=256,bus=rp\($0),addr=00.0"
        }
        let guest = try BootedGuest(.ovmf, "-machine q35 -m 2048", ports.joined(separator: " "))
        #expect((1...5).map { guest.address("v\($0)", 0) } == [nil, nil, nil, 0xe000_0000, 0xc000_0000])
        #expect(guest.rejected == ["v1", "v2", "v3"])
        #expect(guest.address("ich9-ahci", 5) != nil)
    }

    @Test func `A BAR larger than the aperture ends enumeration on bus 0`() throws {
        let guest = try BootedGuest(.ovmf, "-machine q35 -m 2048 -device pci-testdev,id=big,membar=256G,addr=03.0")
        #expect(guest.isUnassigned)
        #expect(guest.rejected == ["ich9-ahci", "ICH9-SMB", "big"])
    }

    @Test func `The same BAR behind a port costs only the port's padding and that device`() throws {
        let guest = try BootedGuest(
            .ovmf,
            "-machine q35 -m 2048 -device pcie-root-port,id=rp,bus=pcie.0,addr=05.0,chassis=1,slot=1",
            "-device pci-testdev,id=big,membar=256G,bus=rp,addr=00.0 -device e1000,id=nic,bus=pcie.0,addr=06.0")
        #expect(guest.rejected == ["big"])
        #expect(guest.address("nic", 0) != nil)
        #expect(guest.bridge("rp") == "1-1 io 0x6000-0x6fff mem 0xc0000000-0xc01fffff pref 0xe000000000-0xe01fffffff")
    }

    @Test func `A root bridge that runs out of bus numbers ends enumeration for all`() throws {
        let ports = (3...6).map {
            "-device pcie-root-port,id=rp\($0),bus=pcie.0,addr=0\($0).0,chassis=\($0),slot=\($0) "
        }
        let guest = try BootedGuest(
            .ovmf,
            "-machine q35 -m 2048 -device pxb-pcie,id=px,bus_nr=3,bus=pcie.0,addr=02.0", ports.joined(),
            "-device pcie-root-port,id=rpx,bus=px,addr=0.0,chassis=50,slot=50")
        #expect(guest.isUnassigned)
        #expect(guest.bridge("rp4") == "2-2 io closed mem closed pref closed")
        #expect(guest.bridge("rp5") == "0-0 io closed mem closed pref closed")
        #expect(guest.bridge("rp6") == nil)
        #expect(guest.bridge("rpx") == "4-4 io closed mem closed pref closed")
    }

    @Test func `Reservations that do not fit are dropped one by one`() throws {
        let ports = (1...3).map {
            "-device pcie-root-port,id=rp\($0),bus=pcie.0,addr=0\($0).0,chassis=\($0),slot=\($0),mem-reserve=512M "
        }
        let guest = try BootedGuest(.ovmf, "-machine q35 -m 2048", ports.joined())
        #expect(guest.rejected.isEmpty)
        #expect(guest.bridge("rp1") == "1-1 io closed mem closed pref closed")
        #expect(guest.bridge("rp2") == "2-2 io closed mem closed pref closed")
        #expect(
            guest.bridge("rp3")
                == "3-3 io 0x6000-0x6fff mem 0xc0000000-0xdfffffff pref 0xe000000000-0xe01fffffff")
    }
}

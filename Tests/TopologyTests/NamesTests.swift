import BerthPCI
import BerthStack
import BerthTopology
import Testing

/// Names as people write them, read and printed.
struct NamesTests {
    @Test(arguments: [
        ("pc", Machine(.pc)), ("q35", Machine(.q35)), ("pc-i440fx-7.2", Machine(.pc, version: QEMURelease(7, 2))),
        ("pc-q35-10.1", Machine(.q35, version: QEMURelease(10, 1))),
        ("pc-q35-4.0.1", machine(.q35, "4.0.1")), ("pc-i440fx-9.2+pve1", machine(.pc, "9.2+pve1")),
        ("pc-q35-rhel9.4.0", machine(.q35, "rhel9.4.0")), ("pc-q35-noble", machine(.q35, "noble")),
    ])
    func `machines`(name: String, machine: Machine) {
        #expect(Machine(name: name) == machine)
        #expect(machine.name == name)
    }

    private static func machine(_ type: MachineType, _ release: String) -> Machine {
        var machine = Machine(type)
        machine.release = MachineRelease(release)
        return machine
    }

    @Test(arguments: [
        "", "PC", "isapc", "microvm", "pc-7.2", "pc-q35", "pc-q35-", "pc-q35-rhel7.6.1", "virt", "pc-q35-11.2",
    ])
    func `other machines are not taken`(name: String) {
        #expect(Machine(name: name) == nil)
    }

    @Test(arguments: [(MachineType.pc, BusName("pci.0"), false), (.q35, "pcie.0", true)])
    func `root buses`(type: MachineType, bus: BusName, isExpress: Bool) {
        #expect(type.rootBus == bus)
        #expect(type.isExpress == isExpress)
    }

    @Test(arguments: [
        ("firmware-only", GuestOS.firmwareOnly), ("linux-6.1", .linux(.init(6, 1))), ("linux-4.6", .linux(.init(4, 6))),
        ("windows-10", .windows(10)), ("windows-11", .windows(11)),
    ])
    func `guests`(text: String, guest: GuestOS) {
        #expect(GuestOS(text) == guest)
        #expect(guest.description == text)
        #expect(guest.isLinux == text.hasPrefix("linux"))
        #expect(guest.isWindows == text.hasPrefix("windows"))
    }

    @Test(arguments: ["", "linux", "linux-", "linux-4.5", "linux-six", "windows-7", "windows", "firmware", "dos-6.2"])
    func `other guests are not taken`(text: String) {
        #expect(GuestOS(text) == nil)
    }

    @Test func `every name in a message can be typed`() {
        for name in GuestOS.knownNames {
            #expect(GuestOS(name.replacing("VERSION", with: "6.1")) != nil, "\(name)")
        }
        for name in Machine.knownNames {
            #expect(Machine(name: name.replacing("VERSION", with: "7.2")) != nil, "\(name)")
        }
    }
}

/// Where QEMU puts the guest's memory.
struct RAMLayoutTests {
    @Test(
        arguments: [
            (MachineType.pc, UInt64(2048), nil, UInt64(0x8000_0000), UInt64(0)),
            (.pc, 3072, nil, 0xc000_0000, 0), (.pc, 3328, nil, 0xd000_0000, 0),
            (.pc, 3584, nil, 0xc000_0000, 0x2000_0000),
            (.pc, 3583, nil, 0xdff0_0000, 0), (.pc, 4096, nil, 0xc000_0000, 0x4000_0000),
            (.pc, 4096, .gib(1), 0x4000_0000, 0xc000_0000), (.pc, 4096, .mib(3584), 0xc000_0000, 0x4000_0000),
            (.q35, 2048, nil, 0x8000_0000, 0), (.q35, 2560, nil, 0xa000_0000, 0), (.q35, 2815, nil, 0xaff0_0000, 0),
            (.q35, 2816, nil, 0x8000_0000, 0x3000_0000), (.q35, 4096, nil, 0x8000_0000, 0x8000_0000),
            (.q35, 4096, .gib(1), 0x4000_0000, 0xc000_0000), (.q35, 4096, .gib(4), 0x8000_0000, 0x8000_0000),
        ] as [(MachineType, UInt64, ByteCount?, UInt64, UInt64)])
    func `RAM is split at 4 GiB as QEMU does it`(
        type: MachineType, mebibytes: UInt64, limit: ByteCount?, below: UInt64, above: UInt64
    ) {
        let layout = RAMLayout(
            ram: .mib(mebibytes), machine: Machine(type, maxRAMBelow4GiB: limit), version: QEMURelease(7, 2))
        #expect(layout.below4GiB.rawValue == below)
        #expect(layout.above4GiB.rawValue == above)
    }

    @Test func `memory that can be plugged in moves the end of RAM`() {
        let layout = RAMLayout(ram: .gib(2), machine: Machine(.q35), version: QEMURelease(7, 2))
        let end = GuestRAM(.gib(2), maximum: .gib(8), slots: 2).reservedMemoryEnd(
            layout: layout, version: QEMURelease(7, 2))
        #expect(end == 0x3_0000_0000)
    }

    @Test(arguments: [nil, ByteCount.gib(2)])
    func `without room for more there is no such end`(maximum: ByteCount?) {
        let layout = RAMLayout(ram: .gib(2), machine: Machine(.q35), version: QEMURelease(7, 2))
        #expect(
            GuestRAM(.gib(2), maximum: maximum, slots: 2).reservedMemoryEnd(layout: layout, version: QEMURelease(7, 2))
                == nil)
    }

    @Test func `the end of RAM is rounded up to 1 GiB twice`() {
        // 2816 MiB on q35: 0x30000000 above 4 GiB.
        let layout = RAMLayout(ram: .mib(2816), machine: Machine(.q35), version: QEMURelease(7, 2))
        let end = GuestRAM(.mib(2816), maximum: .mib(2816 + 256), slots: 1).reservedMemoryEnd(
            layout: layout, version: QEMURelease(7, 2))
        #expect(end == 0x1_c000_0000)
    }
}

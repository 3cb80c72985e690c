import BerthDiagnostics
import BerthPCI
import BerthPlacement
import BerthStack
import BerthTopology
import Testing

/// Rules about the region, its register, firmware and QEMU: each accepts one guest and rejects another.
struct RegionRuleTests {
    private static func lowRAM(
        _ base: HostPhysicalAddress, _ change: (inout GuestTopology) -> Void = { _ in }
    ) -> GuestTopology {
        Guests.classic {
            $0.machine.maxRAMBelow4GiB = .gib(2)
            $0.igd?.hostStolenBase = base
            change(&$0)
        }
    }
    private static func device(
        _ id: UInt16, _ qemu: QEMURelease = Stack.standard.qemu, rom: IGDAssignment.ROM = .hostShadow,
        _ change: (inout GuestTopology) -> Void = { _ in }
    ) -> GuestTopology {
        Guests.classic {
            $0.qemu = qemu
            $0.igd?.device = id
            $0.igd?.rom = rom
            change(&$0)
        }
    }
    private static func ovmf(_ rom: IGDAssignment.ROM, _ change: (inout GuestTopology) -> Void = { _ in })
        -> GuestTopology
    {
        Guests.q35 {
            $0.firmware = FirmwareChoice(.ovmf)
            $0.igd?.rom = rom
            change(&$0)
        }
    }
    private static let pkg = IGDAssignment.ROM.file(path: "/igd.rom", contents: .vfioIgdPkg)

    static let addresses: [RuleCase] = [
        .init(
            "address-is-free", .stolenMemory, "host-identity", lowRAM(0x8b80_0000),
            "holds: nothing else is at 0x8b800000-0x8f7fffff"),
        .init(
            "address-is-free", .stolenMemory, "host-identity", Guests.classic(),
            "rejects: 0x8b800000-0x8f7fffff is guest RAM, which ends at 0xc0000000 "
                + "(RAM below 4 GiB that ends there: max-ram-below-4g)"),
        .init(
            "address-is-free", .stolenMemory, "host-identity", lowRAM(0xe800_0000),
            "rejects: 0xe8000000-0xebffffff is taken by igd BAR 2 at 0xe0000000-0xefffffff"),
        .init(
            "address-is-free", .stolenMemory, "host-identity", ovmf(pkg) { $0.igd?.hostStolenBase = 0xb400_0000 },
            "rejects: 0xb4000000-0xb7ffffff meets 0xb0000000-0xbfffffff, where the machine has registers"),
        .init(
            "address-is-free", .stolenMemory, "host-identity",
            lowRAM(0xf000_0000) {
                $0.devices.append(Device(id: "bridge", model: "pci-bridge", at: $0.rootSlot(3)))
                $0.devices.append(Device(id: "nic", model: "e1000", at: Slot("bridge", devfn: 8)))
            },
            "rejects: 0xf0000000-0xf3ffffff is in the window of bridge, 0xf0000000-0xf01fffff"),
        .init(
            "stolen-memory-alignment", .stolenMemory, "firmware-reserved", Guests.classic(),
            "holds: 0xba700000 is a multiple of 1 MiB"),
        .init(
            "stolen-memory-alignment", .stolenMemory, "host-identity", lowRAM(0x8b88_0000),
            "rejects: 0x8b880000 is not a multiple of 1 MiB, so BDSM cannot name it (at least 1 MiB of stolen memory)"),
        .init(
            "register-reach", .opRegion, "firmware-reserved", Guests.classic(), "holds: ASLS, 32 bits, holds 0xbfffe000"
        ),
        .init(
            "register-reach", .stolenMemory, "ram-controller", Guests.q35 { $0.igd?.stolenMemory = .gib(1) },
            "rejects: BDSM has 32 bits and cannot hold 0x1c0000000 "
                + "(a 32-bit BAR, or memory that the firmware reserves below 4 GiB)"),
        .init(
            "register-reach", .stolenMemory, "ram-controller",
            Guests.q35 {
                $0.igd?.device = 0x9a49
                $0.igd?.stolenMemory = .gib(1)
            }, "holds: BDSM, 64 bits, holds 0x1c0000000"),
        .init(
            "register-is-written", .stolenMemory, "ram-controller", Guests.classic(),
            "costs: an early script in the guest has to write BDSM: setpci -s 00:02.0 5c.l=f0000000"),
        .init(
            "register-is-written", .opRegion, "ram-controller", Guests.classic { $0.guest = .windows(11) },
            "rejects: nobody writes ASLS (0xfc) in a Windows guest before its driver reads it "
                + "(a strategy whose firmware or ROM writes it)"),
        .init(
            "register-is-written", .stolenMemory, "ram-controller", Guests.q35 { $0.igd?.device = 0x9a49 },
            "costs: an early script in the guest has to write BDSM: two writes, 0xc0.l and 0xc4.l"),
    ]

    static let space: [RuleCase] = [
        .init("fits-the-hole", .stolenMemory, "ram-controller", Guests.classic(), "holds: 64 MiB fit"),
        .init(
            "fits-the-hole", .opRegion, "firmware-reserved", Guests.classic(),
            "holds: 8 KiB fit into 3 GiB of RAM below 4 GiB"),
        .init(
            "fits-the-hole", .stolenMemory, "firmware-reserved",
            Guests.q35 {
                $0.ram = GuestRAM(.gib(1))
                $0.igd?.stolenMemory = .gib(2)
                $0.igd?.graphicsControl = 0x40c1
            },
            "rejects: 2 GiB do not fit into 1 GiB of RAM below 4 GiB, of which SeaBIOS keeps the top 17 MiB "
                + "(more RAM, or less stolen memory (a smaller x-igd-gms))"),
        .init(
            "fits-the-hole", .stolenMemory, "lpc-bridge", Guests.q35 { $0.igd?.stolenMemory = .gib(1) },
            "rejects: SeaBIOS stops with 'out of 32bit address space': BARs of about 1.26 GiB in a hole of 1004 MiB "
                + "(smaller BARs)"),
    ]

    static let support: [RuleCase] = [
        .init(
            "firmware-support", .stolenMemory, "firmware-reserved", Guests.classic(),
            "holds: SeaBIOS reserves etc/igd-bdsm-size and writes BDSM"),
        .init(
            "firmware-support", .opRegion, "firmware-reserved", Guests.classic(),
            "holds: SeaBIOS copies etc/igd-opregion and writes ASLS"),
        .init(
            "firmware-support", .opRegion, "firmware-reserved", Guests.q35 { $0.igd?.classCode = .otherDisplay },
            "rejects: SeaBIOS serves class 0300 only, and the IGD has class 038000 (the IGD as primary display of the host)"
        ),
        .init(
            "firmware-support", .stolenMemory, "firmware-reserved", Guests.q35 { $0.moveIGD(to: 5) },
            "rejects: SeaBIOS reserves stolen memory only for 00:02.0, and the IGD is at 00:05.0 (the IGD at 00:02.0)"),
        .init(
            "firmware-support", .stolenMemory, "firmware-reserved", Guests.q35 { $0.igd?.device = 0x9a49 },
            "rejects: SeaBIOS writes BDSM at 0x5c, but this device has it at 0xc0 (OVMF with VfioIgdPkg's option ROM)"),
        .init(
            "firmware-support", .stolenMemory, "firmware-reserved", ovmf(.none),
            "rejects: OVMF reads neither etc/igd-opregion nor etc/igd-bdsm-size and leaves BDSM at 0 "
                + "(an option ROM with VfioIgdPkg's IgdAssignmentDxe)"),
        .init(
            "firmware-support", .stolenMemory, "firmware-reserved", ovmf(pkg),
            "holds: VfioIgdPkg's option ROM allocates the memory and writes the register (from source, not measured)"),
        .init(
            "firmware-support", .stolenMemory, "firmware-reserved", ovmf(pkg) { $0.moveIGD(to: 5) },
            "rejects: VfioIgdPkg reserves stolen memory only for 00:02.0, and the IGD is at 00:05.0 (the IGD at 00:02.0)"
        ),
        .init(
            "firmware-support", .stolenMemory, "firmware-reserved", ovmf(pkg) { $0.igd?.opRegion = .zero },
            "rejects: VfioIgdPkg's driver unloads without etc/igd-opregion (x-igd-opregion=on)"),
        .init(
            "generation-support", .stolenMemory, "firmware-reserved", Guests.classic(),
            "holds: Kaby Lake (gen 9) has a code for 64 MiB"),
        .init(
            "generation-support", .stolenMemory, "firmware-reserved",
            Guests.classic { $0.igd?.stolenMemory = .mib(70) },
            "rejects: 70 MiB of stolen memory is no size that Kaby Lake has a code for (a multiple of 32 MiB)"),
        .init(
            "generation-support", .opRegion, "firmware-reserved", device(0x0042),
            "rejects: Ironlake (gen 5) cannot be assigned: its control word sits in the host bridge (an IGD of gen 6 or later)"
        ),
        .init(
            "generation-support", .opRegion, "firmware-reserved", device(0x1234),
            "rejects: 8086:1234 is not an IGD that we know"),
    ]

    static let qemu: [RuleCase] = [
        .init(
            "qemu-support", .stolenMemory, "firmware-reserved", Guests.classic(),
            "holds: QEMU 7.2 emulates BDSM (legacy mode)"),
        .init("qemu-support", .stolenMemory, "firmware-reserved", Guests.q35(), "holds: QEMU 10.1 emulates BDSM"),
        .init("qemu-support", .opRegion, "firmware-reserved", Guests.q35(), "holds: QEMU 10.1 offers etc/igd-opregion"),
        .init(
            "qemu-support", .stolenMemory, "firmware-reserved", device(0x5916, rom: .none),
            "rejects: QEMU 7.2: has no ROM, legacy mode disabled "
                + "(QEMU 10.0 or later, or legacy mode: machine pc, 00:02.0, a ROM)"),
        .init(
            "qemu-support", .stolenMemory, "firmware-reserved", device(0x9bc5, QEMURelease(9, 2)),
            "rejects: QEMU 9.2: is unsupported in legacy mode, try SandyBridge or newer "
                + "(QEMU 10.0 or later, or legacy mode: machine pc, 00:02.0, a ROM)"),
        .init(
            "qemu-support", .stolenMemory, "firmware-reserved", device(0x5916, QEMURelease(2, 6)),
            "rejects: QEMU 2.6 has no IGD assignment (QEMU 2.7 or later)"),
        .init(
            "qemu-support", .stolenMemory, "firmware-reserved", device(0x9a49),
            "rejects: QEMU 7.2 emulates BDSM at 0x5c, but this device has it at 0xc0 (QEMU 10.0 or later)"),
        .init(
            "qemu-support", .stolenMemory, "firmware-reserved",
            Guests.classic {
                $0.qemu = QEMURelease(9, 2)
                $0.igd?.stolenMemory = .mib(128)
            },
            "rejects: QEMU 9.2 asks the firmware for 72 MiB, not for 128 MiB (QEMU 10.0, which honours x-igd-gms again)"
        ),
        .init(
            "qemu-support", .stolenMemory, "ram-controller",
            Guests.classic { $0.moveIGD(to: 5) },
            "rejects: QEMU 7.2 does not emulate BDSM here: the guest sees the host's register and cannot change it "
                + "(QEMU 10.0 or later, or legacy mode: machine pc, 00:02.0, a ROM)"),
        .init(
            "qemu-support", .opRegion, "firmware-reserved", device(0x7d55, QEMURelease(10, 0)),
            "rejects: QEMU 10.0 offers no etc/igd-opregion for this device (gen -1) (QEMU 10.1)"),
    ]

    static let privacy: [RuleCase] = [
        .init(
            "opregion-private", .opRegion, "firmware-reserved", Guests.classic(),
            "holds: the guest has a copy of its own"),
        .init(
            "opregion-private", .opRegion, "host-identity", Guests.classic { $0.igd?.hostASLS = 0x87f8_8000 },
            "rejects: the guest could write to the host's OpRegion, its SWSCI mailbox included (a copy, by any other strategy)"
        ),
        .init(
            "opregion-private", .opRegion, "host-identity", Guests.classic { $0.igd?.hostASLS = 0x87f8_8018 },
            "rejects: the guest could write to the host's OpRegion, its SWSCI mailbox included (a copy, by any other strategy)",
            "costs: the host's OpRegion starts 0x18 into its page: the mapping begins at 0x87f88000, takes 12 KiB, shows "
                + "what else is there, and ASLS keeps the offset"),
    ]

    /// What strategies need that neither firmware nor BARs give.
    static let ranges: [RuleCase] = [
        .init(
            "asls-is-address", .opRegion, "asls-flag", Guests.classic(),
            "rejects: with bit 0 set ASLS points one byte behind the OpRegion, where a driver finds no signature "
                + "(no flag: the signature tells a valid address from a wrong one)"),
        .init("asls-is-address", .opRegion, "firmware-reserved", Guests.classic()),
        .init(
            "driver-can-write", .opRegion, "firmware-reserved", Guests.classic(),
            "holds: the driver can write to its OpRegion"),
        .init(
            "driver-can-write", .opRegion, "forwarded-mmio", Guests.classic(),
            "costs: what the driver writes to the OpRegion is dropped"),
        .init("driver-can-write", .opRegion, "left-alone", Guests.classic()),
        .init(
            "range-is-ram", .stolenMemory, "host-base-ram", Guests.classic(),
            "holds: 0x8b800000-0x8f7fffff is guest RAM"),
        .init(
            "range-is-ram", .stolenMemory, "host-base-ram", lowRAM(0x8b80_0000),
            "rejects: 0x8b800000-0x8f7fffff is not guest RAM, which ends at 0x80000000 "
                + "(more RAM below 4 GiB: machine pc, or max-ram-below-4g)"),
        .init("range-is-ram", .stolenMemory, "host-told-base", Guests.classic()),
        .init(
            "range-is-kept-free", .opRegion, "unnamed-combination", Guests.classic(),
            "costs: the guest's kernel needs memmap=8K$0x5fffe000 (not measured)",
            "costs: nobody checks that the firmware has nothing at 0x5fffe000 that lives on"),
        .init(
            "range-is-kept-free", .opRegion, "unnamed-combination", Guests.classic { $0.guest = .windows(10) },
            "rejects: Windows 10 cannot be told to keep 0x5fffe000 free (memory that the firmware reserves)"),
        .init("range-is-kept-free", .stolenMemory, "host-base-ram", Guests.classic()),
        .init(
            "registers-agree", .stolenMemory, "fixed-carve-out",
            device(0x9a49, QEMURelease(10, 1)) { $0.guest = .windows(11) },
            "rejects: 0x7c000000 is not the host's base, which the Windows driver reads behind BAR 0 on gen 12 "
                + "(the host's own address: host-identity)"),
        .init(
            "registers-agree", .stolenMemory, "host-told-base",
            device(0x9a49, QEMURelease(10, 1)) { $0.guest = .windows(11) }, "holds: 0x8b800000 is the host's"),
        .init("registers-agree", .stolenMemory, "fixed-carve-out", Guests.classic { $0.guest = .windows(11) }),
        .init(
            "request-is-met", .stolenMemory, "hide-size", Guests.classic(),
            "rejects: the guest asks for 64 MiB of stolen memory and gets none (stolen-memory: 0, to go without)"),
        .init(
            "request-is-met", .opRegion, "left-alone", Guests.classic(),
            "rejects: the guest asks for 8 KiB of OpRegion and gets none (opregion: 0, to go without)"),
        .init(
            "register-is-written", .stolenMemory, "ram-controller",
            ovmf(.file(path: "/gop.rom", contents: .gop)),
            "rejects: the GOP driver uses stolen memory before any script in the guest can write BDSM; first during "
                + "enumeration, when BDSM holds 0x0, which is not in the carrier's BAR "
                + "(an option ROM with VfioIgdPkg's IgdAssignmentDxe, or one without GOP)"),
    ]

    @Test(arguments: ranges) func `ranges that were chosen`(_ rule: RuleCase) throws { try rule.check() }
    @Test(arguments: addresses) func `addresses and registers`(_ rule: RuleCase) throws { try rule.check() }
    @Test(arguments: space) func `room for the region`(_ rule: RuleCase) throws { try rule.check() }
    @Test(arguments: support) func `firmware and generation`(_ rule: RuleCase) throws { try rule.check() }
    @Test(arguments: qemu) func `releases of QEMU`(_ rule: RuleCase) throws { try rule.check() }
    @Test(arguments: privacy) func `whose OpRegion it is`(_ rule: RuleCase) throws { try rule.check() }

    @Test func `facts carry their numbers`() throws {
        let evaluation = try Guests.evaluation(Guests.q35 { $0.igd?.stolenMemory = .gib(1) }, stolen: "ram-controller")
        let fact = try #require(
            evaluation.judgements[.stolenMemory].map(\.fact).first { $0.rule == "register-reach" })
        #expect(
            fact.quantities == ["address": .address(0x1_c000_0000), "limit": .address(0xffff_ffff), "bits": .count(32)])
    }

    @Test func `every rule accepts and rejects or costs somewhere`() {
        let cases =
            Self.addresses + Self.space + Self.support + Self.qemu + Self.privacy + Self.ranges
            + CarrierRuleTests.decode
            + CarrierRuleTests.looks + CarrierRuleTests.drivers + CarrierRuleTests.machines + CarrierRuleTests.sizes
        for rule in Rules.all {
            let words = Set(cases.filter { $0.rule == rule.id }.flatMap(\.expected).map { $0.prefix { $0 != ":" } })
            let onlyRejects: Set<RuleID> = [
                "register-is-written", "asls-is-address", "request-is-met", "range-is-kept-free",
            ]
            #expect(words.contains("holds") || onlyRejects.contains(rule.id), "\(rule.id)")
            #expect(words.contains("rejects") || words.contains("costs"), "\(rule.id)")
        }
    }
}

import BerthDiagnostics
import BerthPCI
import BerthPlacement
import BerthStack
import BerthTopology
import Testing

/// Rules about the region, its register, firmware and QEMU: each accepts one guest and rejects another.
struct RegionRuleTests {
    static func lowRAM(
        _ base: HostPhysicalAddress, _ change: (inout GuestTopology) -> Void = { _ in }
    ) -> GuestTopology {
        Guests.classic {
            $0.machine.maxRAMBelow4GiB = .gib(2)
            $0.igd?.hostStolenBase = base
            change(&$0)
        }
    }
    static func device(
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
    static func ovmf(_ rom: IGDAssignment.ROM, _ change: (inout GuestTopology) -> Void = { _ in })
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
            .holds("nothing else is at \(range: 0x8b80_0000, 0x8f7f_ffff)")),
        .init(
            "address-is-free", .stolenMemory, "host-identity", Guests.classic(),
            .rejects(
                .impossible,
                """
                \(range: 0x8b80_0000, 0x8f7f_ffff) is guest RAM, which ends at \(address: 0xc000_0000)
                """,
                help: "RAM below 4 GiB that ends there: max-ram-below-4g")),
        .init(
            "address-is-free", .stolenMemory, "host-identity", lowRAM(0xe800_0000),
            .rejects(
                .impossible,
                """
                \(range: 0xe800_0000, 0xebff_ffff) is taken by \(name: "igd") \(name: "BAR 2") at \
                \(range: 0xe000_0000, 0xefff_ffff)
                """)),
        .init(
            "address-is-free", .stolenMemory, "host-identity", ovmf(pkg) { $0.igd?.hostStolenBase = 0xb400_0000 },
            .rejects(
                .impossible,
                """
                \(range: 0xb400_0000, 0xb7ff_ffff) meets \(range: 0xb000_0000, 0xbfff_ffff), where the \
                machine has registers
                """)),
        .init(
            "address-is-free", .stolenMemory, "host-identity",
            lowRAM(0xf000_0000) {
                $0.devices.append(Device(id: "bridge", model: "pci-bridge", at: $0.rootSlot(3)))
                $0.devices.append(Device(id: "nic", model: "e1000", at: Slot("bridge", devfn: 8)))
            },
            .rejects(
                .impossible,
                """
                \(range: 0xf000_0000, 0xf3ff_ffff) is in the window of \(name: "bridge"), \
                \(range: 0xf000_0000, 0xf01f_ffff)
                """)),
        .init(
            "stolen-memory-alignment", .stolenMemory, "firmware-reserved", Guests.classic(),
            .holds("\(address: 0xba70_0000) is a multiple of 1 MiB")),
        .init(
            "stolen-memory-alignment", .stolenMemory, "host-identity", lowRAM(0x8b88_0000),
            .rejects(
                .impossible,
                """
                \(address: 0x8b88_0000) is not a multiple of 1 MiB, so BDSM cannot name it
                """,
                help: "at least 1 MiB of stolen memory")),
        .init(
            "register-reach", .opRegion, "firmware-reserved", Guests.classic(),
            .holds(
                """
                \(register: "ASLS", 0xfc), \(32) bits, holds \(address: 0xbfff_e000)
                """)
        ),
        .init(
            "register-reach", .stolenMemory, "ram-controller", Guests.q35 { $0.igd?.stolenMemory = .gib(1) },
            .rejects(
                .memoryMissing,
                """
                \(register: "BDSM", 0x5c) has \(32) bits and cannot hold \(address: 0x1_c000_0000)
                """,
                help: "a 32-bit BAR, or memory that the firmware reserves below 4 GiB")),
        .init(
            "register-reach", .stolenMemory, "ram-controller",
            Guests.q35 {
                $0.igd?.device = 0x9a49
                $0.igd?.stolenMemory = .gib(1)
            }, .holds(with: .register("BDSM", offset: 0xc0), .number(64), .address(0x1c0000000))),
        .init(
            "register-is-written", .stolenMemory, "ram-controller", Guests.classic(),
            .costs(
                """
                Berth's option ROM on \(short: Slot("pci.0", devfn: 0x18)) writes \(register: "BDSM", 0x5c)\
                 (measured: firmware, Linux; not: a real IGD, i915, Windows)
                """)),
        .init(
            "register-is-written", .opRegion, "ram-controller", Guests.classic { $0.guest = .windows(11) },
            .costs(
                """
                Berth's option ROM on \(short: Slot("pci.0", devfn: 0x20)) writes \(register: "ASLS", 0xfc)\
                 (measured: firmware, Linux; not: a real IGD, i915, Windows)
                """)),
        .init(
            "register-is-written", .stolenMemory, "ram-controller", Guests.q35 { $0.igd?.device = 0x9a49 },
            .costs(
                """
                Berth's option ROM on \(short: Slot("pcie.0", devfn: 8)) writes \(register: "BDSM", 0xc0)\
                 (measured: firmware, Linux; not: a real IGD, i915, Windows)
                """)),
    ]

    static let space: [RuleCase] = [
        .init("fits-the-hole", .stolenMemory, "ram-controller", Guests.classic(), .holds("\(bytes: 64 << 20) fit")),
        .init(
            "fits-the-hole", .opRegion, "firmware-reserved", Guests.classic(),
            .holds("\(bytes: 8 << 10) fit into \(bytes: 3 << 30) of RAM below 4 GiB")),
        .init(
            "fits-the-hole", .stolenMemory, "firmware-reserved",
            Guests.q35 {
                $0.ram = GuestRAM(.gib(1))
                $0.igd?.stolenMemory = .gib(2)
                $0.igd?.graphicsControl = 0x40c1
            },
            .rejects(
                .memoryMissing,
                """
                \(bytes: 2 << 30) do not fit into \(bytes: 1 << 30) of RAM below 4 GiB, of which SeaBIOS \
                keeps the top 17 MiB
                """,
                help: "more RAM, or less stolen memory (a smaller x-igd-gms)")),
        .init(
            "fits-the-hole", .stolenMemory, "lpc-bridge", Guests.q35 { $0.igd?.stolenMemory = .gib(1) },
            .rejects(
                .firmwareHalts,
                """
                SeaBIOS stops with 'out of 32bit address space': BARs of \(rough: 0x5100_1000) in a hole of \
                \(bytes: 1004 << 20)
                """,
                help: "smaller BARs")),
    ]

    static let support: [RuleCase] = [
        .init(
            "firmware-support", .stolenMemory, "firmware-reserved", Guests.classic(),
            .holds("SeaBIOS reserves etc/igd-bdsm-size and writes BDSM")),
        .init(
            "firmware-support", .opRegion, "firmware-reserved", Guests.classic(),
            .holds("SeaBIOS copies etc/igd-opregion and writes ASLS")),
        .init(
            "firmware-support", .opRegion, "firmware-reserved",
            Guests.classic {
                $0.firmwareFiles = [FirmwareFile(FirmwareFile.opRegion, .file(path: "/op.bin", size: .kib(4)))]
            },
            .rejects(
                .memoryMissing,
                """
                fw_cfg \(name: "etc/igd-opregion"), given by hand, has \(ByteCount.kib(4)), and the \(Region.opRegion) \
                takes \(ByteCount.kib(8))
                """, help: "no such file by hand: QEMU makes one of the right size")),
        .init(
            "firmware-support", .stolenMemory, "firmware-reserved",
            Guests.classic { $0.firmwareFiles = [FirmwareFile(FirmwareFile.stolenMemorySize, .text("64"))] },
            .rejects(
                .memoryMissing,
                """
                fw_cfg \(name: "etc/igd-bdsm-size"), given by hand, says \(ByteCount.zero), and the \
                \(Region.stolenMemory) takes \(ByteCount.mib(64))
                """, help: "no such file by hand: QEMU makes one of the right size")),
        .init(
            "firmware-support", .opRegion, "firmware-reserved", Guests.q35 { $0.igd?.classCode = .otherDisplay },
            .rejects(
                .memoryMissing,
                """
                SeaBIOS serves class 0300 only, and the IGD has class \(digits: 0x3_8000, width: 6)
                """,
                help: "x-pci-class-code=0x030000, or the IGD as primary display of the host")
        ),
        .init(
            "firmware-support", .stolenMemory, "firmware-reserved", Guests.q35 { $0.moveIGD(to: 5) },
            .rejects(
                .memoryMissing,
                """
                SeaBIOS reserves stolen memory only for 00:02.0, and the IGD is at \
                \(short: Slot("pcie.0", devfn: 0x28))
                """,
                help: "the IGD at 00:02.0")),
        .init(
            "firmware-support", .stolenMemory, "firmware-reserved", Guests.q35 { $0.igd?.device = 0x9a49 },
            .rejects(
                .memoryMissing,
                """
                SeaBIOS writes BDSM at 0x5c, but this device has it at \(offset: 0xc0)
                """,
                help: "OVMF with VfioIgdPkg's option ROM")),
        .init(
            "firmware-support", .stolenMemory, "firmware-reserved", ovmf(.none),
            .rejects(
                .memoryMissing,
                """
                OVMF reads neither etc/igd-opregion nor etc/igd-bdsm-size and leaves \
                \(register: "BDSM", 0x5c) at 0
                """,
                help: "an option ROM with VfioIgdPkg's IgdAssignmentDxe")),
        .init(
            "firmware-support", .stolenMemory, "firmware-reserved", ovmf(pkg),
            .holds(
                """
                VfioIgdPkg's option ROM allocates the memory and writes the register (from source, not \
                measured)
                """)),
        .init(
            "firmware-support", .stolenMemory, "firmware-reserved", ovmf(pkg) { $0.moveIGD(to: 5) },
            .rejects(
                .memoryMissing,
                """
                VfioIgdPkg reserves stolen memory only for 00:02.0, and the IGD is at \
                \(short: Slot("pcie.0", devfn: 0x28))
                """,
                help: "the IGD at 00:02.0")
        ),
        .init(
            "firmware-support", .stolenMemory, "firmware-reserved", ovmf(pkg) { $0.igd?.opRegion = .zero },
            .rejects(
                .memoryMissing,
                """
                VfioIgdPkg's driver unloads without etc/igd-opregion
                """,
                help: "x-igd-opregion=on")),
        .init(
            "generation-support", .stolenMemory, "firmware-reserved", Guests.classic(),
            .holds("\(name: "Kaby Lake") (\(name: "gen 9")) has a code for \(bytes: 64 << 20)")),
        .init(
            "generation-support", .stolenMemory, "firmware-reserved",
            Guests.classic { $0.igd?.stolenMemory = .mib(70) },
            .rejects(
                .impossible,
                """
                \(bytes: 70 << 20) of stolen memory is no size that \(name: "Kaby Lake") has a code for
                """,
                help: "a multiple of 32 MiB")),
        .init(
            "generation-support", .opRegion, "firmware-reserved", device(0x0042),
            .rejects(
                .impossible,
                """
                \(name: "Ironlake") (\(name: "gen 5")) cannot be assigned: its control word sits in the host \
                bridge
                """,
                help: "an IGD of gen 6 or later")
        ),
        .init(
            "generation-support", .opRegion, "firmware-reserved", device(0x1234),
            .rejects(.impossible, "\(vendor: 0x8086, device: 0x1234) is not an IGD that we know")),
    ]

    @Test(arguments: ranges) func `ranges that were chosen`(_ rule: RuleCase) throws { try rule.check() }
    @Test(arguments: addresses) func `addresses and registers`(_ rule: RuleCase) throws { try rule.check() }
    @Test(arguments: space) func `a place for the region`(_ rule: RuleCase) throws { try rule.check() }
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
            + CarrierRuleTests.decode + CarrierRuleTests.served + CarrierRuleTests.looks + CarrierRuleTests.drivers
            + CarrierRuleTests.machines + CarrierRuleTests.sizes
        for rule in Rules.all {
            let kinds = Set(cases.filter { $0.rule == rule.id }.flatMap(\.expected).map(\.kind))
            let onlyRejects: Set<RuleID> = [
                "register-is-written", "asls-is-address", "range-is-kept-free", "carrier-within-iommu",
                "stolen-memory-is-used", "carrier-is-served",
            ]
            #expect(kinds.contains(.holds) || onlyRejects.contains(rule.id), "\(rule.id)")
            #expect(kinds.contains { $0 != .holds }, "\(rule.id)")
        }
    }
}

import BerthDiagnostics
import BerthPCI
import BerthPlacement
import BerthStack
import BerthTopology

/// What releases of QEMU do, whose OpRegion it is, and ranges that were chosen.
extension RegionRuleTests {
    static let qemu: [RuleCase] = [
        .init(
            "qemu-support", .stolenMemory, "firmware-reserved", Guests.classic(),
            .holds("QEMU \(.qemu, "7.2") emulates BDSM (legacy mode)")),
        .init(
            "qemu-support", .stolenMemory, "firmware-reserved", Guests.q35(),
            .holds(
                """
                QEMU \(.qemu, "10.1") emulates BDSM
                """)),
        .init(
            "qemu-support", .opRegion, "firmware-reserved", Guests.q35(),
            .holds(
                """
                QEMU \(.qemu, "10.1") offers etc/igd-opregion
                """)),
        .init(
            "qemu-support", .stolenMemory, "firmware-reserved", device(0x5916, rom: .none),
            .rejects(
                .hostAddress,
                """
                QEMU \(.qemu, "7.2"): has no ROM, legacy mode disabled
                """,
                help: "QEMU 10.0 or later, or legacy mode: machine pc, 00:02.0, a ROM")),
        .init(
            "qemu-support", .stolenMemory, "firmware-reserved", device(0x9bc5, QEMURelease(9, 2)),
            .rejects(
                .hostAddress,
                """
                QEMU \(.qemu, "9.2"): is unsupported in legacy mode, try SandyBridge or newer
                """,
                help: "QEMU 10.0 or later, or legacy mode: machine pc, 00:02.0, a ROM")),
        .init(
            "qemu-support", .stolenMemory, "firmware-reserved", device(0x5916, QEMURelease(2, 6)),
            .rejects(.hostAddress, "QEMU \(.qemu, "2.6") has no IGD assignment", help: "QEMU 2.7 or later")),
        .init(
            "qemu-support", .stolenMemory, "firmware-reserved", device(0x9a49),
            .rejects(
                .hostAddress,
                """
                QEMU \(.qemu, "7.2") emulates BDSM at \(offset: 0x5c), but this device has it at \
                \(offset: 0xc0), where the guest sees the host's
                """,
                help: "QEMU 10.0 or later")),
        .init(
            "qemu-support", .stolenMemory, "firmware-reserved",
            Guests.classic {
                $0.qemu = QEMURelease(9, 2)
                $0.igd?.stolenMemory = .mib(128)
            },
            .rejects(
                .memoryMissing,
                """
                QEMU \(.qemu, "9.2") asks the firmware for \(bytes: 72 << 20), not for \(bytes: 128 << 20)
                """,
                help: "QEMU 10.0, which honours x-igd-gms again")
        ),
        .init(
            "qemu-support", .stolenMemory, "ram-controller",
            Guests.classic { $0.moveIGD(to: 5) },
            .rejects(
                .hostAddress,
                """
                QEMU \(.qemu, "7.2") does not emulate BDSM here: the guest sees the host's register and \
                cannot change it
                """,
                help: "QEMU 10.0 or later, or legacy mode: machine pc, 00:02.0, a ROM")),
        .init(
            "qemu-support", .opRegion, "firmware-reserved", device(0x7d55, QEMURelease(10, 0)),
            .rejects(
                .memoryMissing,
                """
                QEMU \(.qemu, "10.0") offers no etc/igd-opregion for this device (gen \(-1))
                """,
                help: "QEMU 10.1")),
    ]

    static let privacy: [RuleCase] = [
        .init(
            "opregion-private", .opRegion, "firmware-reserved", Guests.classic(),
            .holds("the guest has a copy of its own")),
        .init(
            "opregion-private", .opRegion, "host-identity", Guests.classic { $0.igd?.hostASLS = 0x87f8_8000 },
            .rejects(
                .hostExposed,
                """
                the guest could write to the host's OpRegion, its SWSCI mailbox included
                """,
                help: "a copy, by any other strategy")
        ),
        .init(
            "opregion-private", .opRegion, "host-identity", Guests.classic { $0.igd?.hostASLS = 0x87f8_8018 },
            .rejects(.hostExposed),
            .costs(
                """
                the host's OpRegion starts \(address: 0x18) into its page: the mapping begins at \
                \(address: 0x87f8_8000), takes \(bytes: 12 << 10), shows what else is there, and ASLS keeps \
                the offset
                """)),
    ]

    /// What strategies need that neither firmware nor BARs give.
    static let ranges: [RuleCase] = [
        .init(
            "asls-is-address", .opRegion, "asls-flag", Guests.classic(),
            .rejects(
                .memoryMissing,
                """
                with bit 0 set ASLS points one byte behind the OpRegion, where a driver finds no signature
                """,
                help: "no flag: the signature tells a valid address from a wrong one")),
        .init("asls-is-address", .opRegion, "firmware-reserved", Guests.classic()),
        .init(
            "driver-can-write", .opRegion, "firmware-reserved", Guests.classic(),
            .holds("the driver can write to its OpRegion")),
        .init(
            "driver-can-write", .opRegion, "forwarded-mmio", Guests.classic(),
            .costs("what the driver writes to the OpRegion is dropped")),
        .init("driver-can-write", .opRegion, "left-alone", Guests.classic()),
        .init(
            "range-is-ram", .stolenMemory, "host-base-ram", Guests.classic(),
            .holds("\(range: 0x8b80_0000, 0x8f7f_ffff) is guest RAM")),
        .init(
            "range-is-ram", .stolenMemory, "host-base-ram", lowRAM(0x8b80_0000),
            .rejects(
                .impossible,
                """
                \(range: 0x8b80_0000, 0x8f7f_ffff) is not guest RAM, which ends at \(address: 0x8000_0000)
                """,
                help: "more RAM below 4 GiB: machine pc, or max-ram-below-4g")),
        .init("range-is-ram", .stolenMemory, "host-told-base", Guests.classic()),
        .init(
            "range-is-kept-free", .opRegion, "unnamed-combination", Guests.classic(),
            .costs("the guest's kernel needs memmap=8K$\(address: 0x5fff_e000) (not measured)"),
            .costs("nobody checks that the firmware has nothing at \(address: 0x5fff_e000) that lives on")),
        .init(
            "range-is-kept-free", .opRegion, "unnamed-combination", Guests.classic { $0.guest = .windows(10) },
            .rejects(
                .impossible,
                """
                Windows \(.windows, "10") cannot be told to keep \(address: 0x5fff_e000) free
                """,
                help: "memory that the firmware reserves")),
        .init("range-is-kept-free", .stolenMemory, "host-base-ram", Guests.classic()),
        .init(
            "registers-agree", .stolenMemory, "fixed-carve-out",
            device(0x9a49, QEMURelease(10, 1)) { $0.guest = .windows(11) },
            .rejects(
                .impossible,
                """
                \(address: 0x7c00_0000) is not the host's base, which the Windows driver reads behind BAR 0 \
                on \(name: "gen 12")
                """,
                help: "the host's own address: host-identity")),
        .init(
            "registers-agree", .stolenMemory, "host-told-base",
            device(0x9a49, QEMURelease(10, 1)) { $0.guest = .windows(11) },
            .holds(
                """
                \(address: 0x8b80_0000) is the host's
                """)),
        .init("registers-agree", .stolenMemory, "fixed-carve-out", Guests.classic { $0.guest = .windows(11) }),
        .init(
            "request-is-met", .stolenMemory, "hide-size", Guests.classic(),
            .loses(
                .memoryMissing,
                """
                the guest does without \(name: "stolen memory"): \(name: "i915") has no frame buffer compression and no \
                flicker-free start
                """)),
        .init(
            "request-is-met", .opRegion, "left-alone", Guests.classic(),
            .loses(
                .memoryMissing,
                "the guest does without \(name: "OpRegion"): \(name: "i915") guesses the display outputs")),
        .init(
            "request-is-met", .stolenMemory, "left-alone", Guests.classic { $0.guest = .windows(10) },
            .rejects(
                .memoryMissing,
                """
                the guest asks for \(bytes: 64 << 20) of \(name: "stolen memory") and gets none
                """,
                help: "\(name: "stolen-memory"): 0, to go without")),
        // Nobody emulates BDSM there, so it shows the host's address.
        .init(
            "request-is-met", .opRegion, "left-alone", Guests.classic { $0.guest = .windows(10) },
            .rejects(.memoryMissing, with: .size(8 << 10), .name("OpRegion"))),
        .init(
            "request-is-met", .stolenMemory, "left-alone",
            Guests.classic {
                $0.guest = .windows(10)
                $0.machine = Machine(.q35)
                $0.moveIGD(to: 2)
            }, .rejects(.hostAddress, with: .size(64 << 20), .name("stolen memory"))),
        .init(
            "request-is-met", .stolenMemory, "hide-size",
            Guests.classic {
                $0.machine = Machine(.q35)
                $0.moveIGD(to: 2)
            },
            .rejects(.hostAddress, "the size is hidden in legacy mode only, which this guest does not have")),
        .init(
            "request-is-met", .stolenMemory, "left-alone",
            Guests.classic {
                $0.guest = .firmwareOnly; $0.igd?.rom = .none
            },
            .holds(with: .name("stolen memory"))),
        .init(
            "stolen-memory-is-used", .stolenMemory, "ram-controller", Guests.q35 { $0.igd?.device = 0x9a49 },
            .loses(
                .memoryUnused,
                "i915 drops stolen memory on \(name: "gen 12"): its reserved part is where the host has it",
                help: "guest RAM at the host's base (host-base-ram)")),
        .init("stolen-memory-is-used", .stolenMemory, "ram-controller", Guests.q35()),
        .init(
            "carrier-within-iommu", .stolenMemory, "ram-controller",
            Guests.q35 {
                $0.firmware = FirmwareChoice(.ovmf)
                $0.igd?.device = 0x9a49
            },
            .rejects(
                .startRefused,
                """
                QEMU ends where it has to map RAM at \(address: 0xe0_1000_0000), above the \(39) bits of most hosts' IOMMU
                """, help: "-cpu host,host-phys-bits-limit=\(39)")),
        .init(
            "register-is-written", .stolenMemory, "ram-controller",
            ovmf(.file(path: "/gop.rom", contents: .gop)),
            // OVMF starts the GOP driver after the ROMs of functions before it.
            .costs(
                """
                Berth's option ROM on \(short: Slot("pcie.0", devfn: 8)) writes \(register: "BDSM", 0x5c), moves the BAR \
                from \(address: 0xe0_1000_0000) to \(address: 0xf400_0000) (measured: firmware, Linux; not: a \
                real IGD, i915, Windows)
                """)),
        .init(
            "register-is-written", .stolenMemory, "ram-controller", Guests.q35 { $0.igd?.stolenMemory = .gib(1) },
            .rejects(
                .memoryMissing,
                """
                Berth's option ROM leaves \(register: "BDSM", 0x5c) alone: the BAR is above 4 GiB, and below there is no \
                free range of its size
                """,
                help: "less stolen memory")),
    ]
}

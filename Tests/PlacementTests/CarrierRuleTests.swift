import BerthDiagnostics
import BerthPCI
import BerthPlacement
import BerthStack
import BerthTopology
import Testing

/// Rules about what a dummy BAR sits on: each accepts one guest and rejects another.
struct CarrierRuleTests {
    private static func windows(_ version: Int = 10) -> GuestTopology {
        Guests.classic { $0.guest = .windows(version) }
    }
    private static func linux(_ major: Int, _ minor: Int) -> GuestTopology {
        Guests.classic { $0.guest = .linux(.init(major, minor)) }
    }
    private static let firmwareOnly = Guests.classic { $0.guest = .firmwareOnly }

    static let served: [RuleCase] = [
        .init(
            "carrier-is-served", .stolenMemory, "vfio-user-host-bridge", Guests.q35(),
            .costs(
                "migration, save and snapshot lose \(name: "stolen memory") without a word: QEMU does not block them",
                help: "no migration of this guest; a shutdown instead of save"),
            .costs(
                "the guest dies at its next reset once the server of \(short: Slot("pcie.0", devfn: 0xe8)) is gone",
                help: "the unit berth-carrier@.service, which nothing restarts under a guest")),
        .init("carrier-is-served", .stolenMemory, "ram-controller", Guests.q35()),
    ]

    static let decode: [RuleCase] = [
        .init(
            "carrier-not-disabled", .stolenMemory, "ram-controller", firmwareOnly,
            .holds(
                """
                no operating system runs
                """)),
        .init(
            "carrier-not-disabled", .stolenMemory, "ram-controller", windows(),
            .holds(
                """
                Windows \(.windows, "10") leaves decode of \(short: Slot("pci.0", devfn: 0x18)) on (from \
                reports, not measured)
                """)),
        .init(
            "carrier-not-disabled", .stolenMemory, "bogus-dummy", windows(11),
            .costs(
                """
                Windows \(.windows, "11") has no driver for \(short: Slot("pci.0", devfn: 0x18)); decode normally stays \
                on, and may not (from reports, not measured)
                """,
                help: "a carrier with a null driver: a RAM controller")
        ),
        .init(
            "carrier-not-disabled", .stolenMemory, "ram-controller", linux(6, 1),
            .costs(
                """
                Linux \(.linux, "6.1") switches decode of \(short: Slot("pci.0", devfn: 0x18)) off \(6) times \
                while it sizes the BARs, before the driver loads
                """)),
        .init(
            "carrier-not-disabled", .stolenMemory, "lpc-bridge", linux(6, 13),
            .costs(with: .release(.linux, "6.13"), .slot(0x1f), .number(7))),
        .init(
            "carrier-not-disabled", .stolenMemory, "generic-bridge", linux(6, 1),
            .costs(with: .release(.linux, "6.1"), .slot(3), .number(3))),
        .init(
            "carrier-not-disabled", .stolenMemory, "igd-bar5", linux(6, 1),
            .costs(with: .release(.linux, "6.1"), .slot(2), .number(5))),
        .init(
            "carrier-not-disabled", .stolenMemory, "ram-controller", linux(6, 14),
            .costs(
                """
                Linux \(.linux, "6.14") switches decode of \(short: Slot("pci.0", devfn: 0x18)) off once \
                while it sizes the BARs, before the driver loads
                """)),
        .init(
            "carrier-not-disabled", .stolenMemory, "ram-controller",
            Guests.classic {
                $0.firmware = FirmwareChoice(.ovmf)
                $0.igd?.rom = .file(path: "/gop.rom", contents: .gop)
            },
            .rejects(
                .vanishes,
                """
                Linux \(.linux, "6.1") switches decode of \(short: Slot("pci.0", devfn: 0x18)) off \(6) times \
                while it sizes the BARs, while \(name: "the GOP driver") shows a picture out of \
                \(name: "stolen memory"); first when Linux sizes BAR 0
                """,
                help: "memory that the firmware reserves, or a ROM without GOP")
        ),
        .init("carrier-not-disabled", .stolenMemory, "firmware-reserved", linux(6, 1)),
    ]

    static let looks: [RuleCase] = [
        .init(
            "carrier-looks-sane", .opRegion, "ram-controller", windows(),
            .holds("Windows has a driver for the class of the \(name: "RAM controller")")),
        .init(
            "carrier-looks-sane", .opRegion, "lpc-bridge", windows(),
            .holds(with: .name("ISA/LPC bridge"))),
        .init(
            "carrier-looks-sane", .opRegion, "bogus-dummy", windows(),
            .costs(
                """
                the device shows an exclamation mark in the device manager
                """,
                help: "a RAM controller as carrier")),
        .init("carrier-looks-sane", .opRegion, "bogus-dummy", linux(6, 1)),
    ]

    private static let other = "(another carrier: the ISA/LPC bridge or a RAM controller)"
    static let drivers: [RuleCase] = [
        .init("driver-owns-carrier", .opRegion, "igd-bar5", firmwareOnly, .holds("no driver runs")),
        .init(
            "driver-owns-carrier", .opRegion, "igd-bar5", windows(),
            .rejects(
                .vanishes,
                """
                Intel's Windows driver owns \(short: Slot("pci.0", devfn: 0x10)), and a BAR it does not \
                expect stops it
                """,
                help: "another carrier: the ISA/LPC bridge or a RAM controller")),
        .init(
            "driver-owns-carrier", .opRegion, "igd-bar5", linux(6, 1),
            .rejects(
                .vanishes,
                """
                i915 (or xe) owns \(short: Slot("pci.0", devfn: 0x10)) and resets it, which takes the BAR \
                away while the memory is in use
                """,
                help: "another carrier: the ISA/LPC bridge or a RAM controller")
        ),
        .init(
            "driver-owns-carrier", .opRegion, "lpc-bridge", linux(6, 1),
            .holds("the driver of an ISA bridge (msisadrv, lpc_ich) does not use BARs")),
        .init(
            "driver-owns-carrier", .opRegion, "generic-bridge", linux(6, 1),
            .holds("the driver of a PCI bridge does not use BARs without a hot-plug controller")),
        .init(
            "driver-owns-carrier", .opRegion, "ram-controller", linux(6, 1),
            .holds("no Linux driver binds to ivshmem-plain (virtio_pci declines it), Windows has a null driver")),
        .init(
            "driver-owns-carrier", .opRegion, "bogus-dummy", linux(6, 1),
            .holds(
                """
                no driver knows the ids of \(short: Slot("pci.0", devfn: 0x20))
                """)),
    ]

    static let machines: [RuleCase] = [
        .init(
            "machine-support", .stolenMemory, "lpc-bridge", Guests.classic(),
            .holds(
                """
                there is an LPC bridge at 00:1f.0
                """)
        ),
        .init(
            "machine-support", .stolenMemory, "lpc-bridge", Guests.q35(), .holds()),
        .init(
            "machine-support", .stolenMemory, "lpc-bridge", Guests.classic { $0.igd?.rom = .none },
            .rejects(
                .impossible,
                """
                there is no LPC bridge at 00:1f.0 of this \(name: "pc") guest
                """,
                help: "legacy mode, x-igd-lpc=on (QEMU 10.0), or q35")
        ),
    ]

    static let sizes: [RuleCase] = [
        .init(
            "power-of-two-bar", .stolenMemory, "ram-controller", Guests.classic(),
            .holds(
                """
                \(bytes: 64 << 20) is a power of two
                """)),
        .init(
            "power-of-two-bar", .stolenMemory, "ram-controller", Guests.classic { $0.igd?.stolenMemory = .mib(96) },
            .costs("\(bytes: 96 << 20) need a BAR of \(bytes: 128 << 20); \(bytes: 32 << 20) are lost")),
        .init("power-of-two-bar", .stolenMemory, "firmware-reserved", Guests.classic()),
    ]

    @Test(arguments: decode) func `who switches decode off`(_ rule: RuleCase) throws { try rule.check() }
    @Test(arguments: served) func `whose life it shares`(_ rule: RuleCase) throws { try rule.check() }
    @Test(arguments: looks) func `what Windows shows`(_ rule: RuleCase) throws { try rule.check() }
    @Test(arguments: drivers) func `whose BARs they are`(_ rule: RuleCase) throws { try rule.check() }
    @Test(arguments: machines) func `what the machine has`(_ rule: RuleCase) throws { try rule.check() }
    @Test(arguments: sizes) func `what rounding costs`(_ rule: RuleCase) throws { try rule.check() }
}

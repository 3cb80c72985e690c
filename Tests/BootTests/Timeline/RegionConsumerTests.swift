import BerthBoot
import BerthIGD
import BerthPCI
import BerthStack
import BerthTopology
import Testing

/// Who uses the regions, when and how, by generation, ROM, firmware and OS.
@Suite struct RegionConsumerTests {
    private static let gop = IGDAssignment.ROM.file(path: "gop.rom", contents: .gop)
    private static let package = IGDAssignment.ROM.file(path: "igd.rom", contents: .vfioIgdPkg)

    struct Case: Sendable, CustomTestStringConvertible {
        var guest: String
        var firmware: FirmwareKind
        var device: UInt16
        var rom: IGDAssignment.ROM
        /// `NAME REGION ACCESS FIRST...LAST`
        var users: [String]
        var testDescription: String { "\(guest), \(firmware), \(device), \(rom)" }
    }

    static let cases: [Case] = [
        Case(
            guest: "linux-6.1", firmware: .seabios, device: 0x5912, rom: .hostShadow,
            users: [
                "the video BIOS in a graphics mode stolen-memory DMA firmware boot...drivers?",
                "Linux's early quirk stolen-memory register enumeration...enumeration",
                "vesafb stolen-memory CPU drivers...drivers?", "i915 stolen-memory DMA drivers...runtime",
                "i915 opregion CPU drivers...runtime",
            ]),
        Case(
            guest: "linux-6.1", firmware: .ovmf, device: 0x0126, rom: Self.gop,
            users: [
                "the GOP driver stolen-memory DMA enumeration...drivers",
                "Linux's early quirk stolen-memory register enumeration...enumeration",
                "efifb stolen-memory CPU drivers...drivers", "i915 opregion CPU drivers...runtime",
            ]),
        Case(
            guest: "linux-6.1", firmware: .ovmf, device: 0x9a49, rom: Self.package,
            users: [
                "the GOP driver stolen-memory DMA enumeration...drivers",
                "PlatformGopPolicy opregion CPU enumeration...enumeration?",
                "Linux's early quirk stolen-memory register enumeration...enumeration",
                "efifb stolen-memory CPU drivers...drivers", "i915 stolen-memory DMA drivers...runtime",
                "i915 opregion CPU drivers...runtime",
            ]),
        Case(
            guest: "linux-6.12", firmware: .ovmf, device: 0x7d55, rom: .none,
            users: ["i915 opregion CPU drivers...runtime"]),
        Case(
            guest: "linux-6.12", firmware: .ovmf, device: 0x64a0, rom: .none,
            users: ["xe opregion CPU drivers...runtime"]),
        Case(guest: "linux-6.1", firmware: .ovmf, device: 0x64a0, rom: .none, users: []),
        Case(
            guest: "windows-11", firmware: .ovmf, device: 0x5912, rom: Self.gop,
            users: [
                "the GOP driver stolen-memory DMA enumeration...drivers",
                "Microsoft's basic display driver stolen-memory CPU enumeration...drivers",
                "Intel's Windows driver stolen-memory DMA drivers...runtime",
                "Intel's Windows driver opregion CPU drivers...runtime",
            ]),
        Case(
            guest: "firmware-only", firmware: .ovmf, device: 0x5912, rom: Self.gop,
            users: ["the GOP driver stolen-memory DMA enumeration...runtime"]),
    ]

    @Test(arguments: cases) func `who uses the regions`(_ row: Case) throws {
        let guest = try TimelineGuest(guest: row.guest, firmware: row.firmware).withIGD(row.device, rom: row.rom)
        let users = RegionConsumers.of(guest.topology).map {
            "\($0.name) \($0.region.rawValue) \($0.access.rawValue) \($0.phases.lowerBound)...\($0.phases.upperBound)"
                + ($0.isCertain ? "" : "?")
        }
        #expect(users == row.users)
    }

    @Test(arguments: [
        (
            "linux-6.1", 0x0126,
            "i915 assumes VT-d under a hypervisor, and with it does not use stolen memory before generation 8"
        ),
        ("linux-6.1", 0x5912, "i915 finds BDSM at 0"), ("windows-10", 0x5912, nil), ("linux-6.1", 0x7d55, nil),
    ])
    func `when i915 leaves stolen memory alone`(name: String, device: Int, reason: String?) throws {
        let guest = try TimelineGuest(guest: name, firmware: .ovmf).withIGD(UInt16(device), rom: .none)
        #expect(try guest.boot().stolenMemoryIsIgnored == reason)
    }
}

import BerthDiagnostics
import BerthPlacement
import BerthServices
import BerthStack
import BerthTopology
import Testing

/// What a guest needs by its purpose, and what a plan without it loses.
struct PurposeTests {
    private static let pkg = IGDAssignment.ROM.file(path: "/igd.rom", contents: .vfioIgdPkg)

    struct Row: Sendable {
        var purpose: Purpose
        var guest: String
        var firmware: FirmwareKind
        var device: UInt16
        var rom: IGDAssignment.ROM
        var stolenMemory: RegionNeed
        var opRegion: RegionNeed
    }

    static let rows: [Row] = [
        // i915 of generation 9 goes on without both, of generation 7 it does not use stolen memory under a hypervisor.
        .init(
            purpose: .display, guest: "linux-6.1", firmware: .ovmf, device: 0x5916, rom: .none, stolenMemory: .wanted,
            opRegion: .wanted),
        .init(
            purpose: .display, guest: "linux-6.1", firmware: .ovmf, device: 0x0412, rom: .none, stolenMemory: .idle,
            opRegion: .wanted),
        .init(
            purpose: .render, guest: "linux-6.1", firmware: .ovmf, device: 0x5916, rom: .none, stolenMemory: .idle,
            opRegion: .idle),
        // A GOP driver draws, whatever the guest is for.
        .init(
            purpose: .render, guest: "linux-6.1", firmware: .ovmf, device: 0x5916, rom: pkg, stolenMemory: .needed,
            opRegion: .idle),
        .init(
            purpose: .bootDisplay, guest: "firmware-only", firmware: .ovmf, device: 0x5916, rom: pkg,
            stolenMemory: .needed,
            opRegion: .wanted),
        .init(
            purpose: .display, guest: "linux-6.1", firmware: .seabios, device: 0x5916, rom: .hostShadow,
            stolenMemory: .wanted, opRegion: .wanted),
        // Windows' driver stops without them, whether or not there is a monitor.
        .init(
            purpose: .display, guest: "windows-11", firmware: .ovmf, device: 0x9a49, rom: .none, stolenMemory: .needed,
            opRegion: .needed),
        .init(
            purpose: .render, guest: "windows-11", firmware: .ovmf, device: 0x9a49, rom: .none, stolenMemory: .needed,
            opRegion: .needed),
        // From Meteor Lake on there is no stolen memory to place.
        .init(
            purpose: .display, guest: "windows-11", firmware: .ovmf, device: 0x7d55, rom: .none, stolenMemory: .idle,
            opRegion: .needed),
    ]

    @Test(arguments: rows) func `what is needed`(_ row: Row) throws {
        let guest = Guests.q35 {
            $0.guest = (try? GuestOS.parse(row.guest)) ?? .firmwareOnly
            $0.firmware = FirmwareChoice(row.firmware)
            $0.purpose = row.purpose
            $0.igd?.device = row.device
            $0.igd?.rom = row.rom
        }
        #expect(guest.regionNeeds == PerRegion(stolenMemory: row.stolenMemory, opRegion: row.opRegion), "\(row)")
    }

    @Test func `a guest for rendering places nothing and is told that nothing is lost`() throws {
        let guest = Guests.q35 {
            $0.firmware = FirmwareChoice(.ovmf)
            $0.qemu = QEMURelease(10, 0)
            $0.purpose = .render
        }
        let plan = try #require(try Services.plan(guest).plan)
        #expect(plan.berths.map(\.strategy) == ["nothing-to-place", "nothing-to-place"])
        #expect(plan.topology.igd?[property: "x-igd-opregion"] == .bool(false))
        #expect(Verdict.of(plan.evaluation).level == .works)
        #expect(Verdict.of(guest).level == .works)
    }

    @Test func `where stolen memory cannot be placed there is a plan without it, its loss, and ways to more`() throws {
        let guest = Guests.q35 {
            $0.qemu = QEMURelease(7, 2)
            $0.firmware = FirmwareChoice(.ovmf)
        }
        let planning = try Services.plan(guest)
        let plan = try #require(planning.plan)
        #expect(plan.missing.isEmpty)
        #expect(plan.berths.map(\.strategy) == ["left-alone", "ram-controller"])
        let losses = plan.evaluation.judgements.both.flatMap { $0 }.filter(\.isLoss).map(\.fact.statement.description)
        #expect(
            losses == [
                "the guest does without stolen memory: i915 has no frame buffer compression and no flicker-free start"
            ])
        #expect(Verdict.of(plan.evaluation).level == .degraded)
        var search = FixSearch(planning)
        let ways = search.waysToMore(most: 3)
        #expect(!ways.isEmpty)
        for way in ways {
            let better = try #require(try Services.plan(way.fixed).plan)
            #expect(better.missing.isEmpty)
            #expect(Verdict.of(better.evaluation).level <= .degraded)
        }
    }

    @Test func `a ROM that would draw into other memory is left out where nothing can be placed for it`() throws {
        let guest = Guests.q35 {
            $0.qemu = QEMURelease(7, 2)
            $0.firmware = FirmwareChoice(.ovmf)
            $0.igd?.rom = Self.pkg
        }
        let planning = try Services.plan(guest)
        let plan = try #require(planning.plan)
        #expect(plan.topology.igd?.rom == IGDAssignment.ROM.none)
        #expect(planning.request.original.igd?.rom == Self.pkg)
        #expect(Verdict.of(plan.evaluation).level == .degraded)
    }

    @Test func `a picture from power-on is what boot-display is about, and nothing to the others`() {
        let black = Guests.q35 { $0.firmware = FirmwareChoice(.ovmf) }
        func level(_ purpose: Purpose) -> Verdict.Level? {
            var guest = black
            guest.purpose = purpose
            return Verdict.of(guest).consequences.first { $0.fact.rule == "ovmf-without-driver" }?.level
        }
        #expect(level(.bootDisplay) == .fails)
        #expect(level(.display) == .works)
        #expect(level(.render) == nil)
    }

    @Test(arguments: [(Purpose.display, true), (.render, true), (.bootDisplay, false)])
    func `a purpose that needs a driver is none for a guest without an operating system`(
        purpose: Purpose, isRefused: Bool
    ) throws {
        var guest = Guests.q35()
        guest.guest = .firmwareOnly
        guest.purpose = purpose
        #expect((purpose.problem(with: .firmwareOnly) != nil) == isRefused)
        if isRefused {
            let error = #expect(throws: InputError.self) { try Services.plan(guest) }
            #expect(error?.findings.count == 1 && error?.kind == .usage)
        } else {
            _ = try Services.plan(guest)
        }
    }

    @Test func `names of purposes are read, and others told the near one`() throws {
        #expect(try Purpose.parse("boot-display") == .bootDisplay)
        let error = #expect(throws: UnknownName.self) { try Purpose.parse("rendr") }
        #expect("\(error.map { "\($0)" } ?? "")".contains("render"))
    }
}

import BerthStack
import BerthServices
import BerthBundled
import BerthDiagnostics
import BerthPCI
import BerthPlacement
import BerthReport
import BerthTopology
import Testing

/// What a report of a plan holds.
struct PlanReportTests {
    @Test(arguments: BundledTopologies.names)
    func `a brief report is a part of the whole one`(name: String) throws {
        let whole = try Reports.planned(name)
        let brief = try Reports.planned(name, .brief)
        #expect(whole.brief == brief)
        #expect(brief.candidates.isEmpty && !whole.candidates.isEmpty)
        #expect(whole != brief && brief.brief == brief)
        // What is counted is what is listed.
        for tally in brief.tallies {
            let listed = whole.candidates.filter { $0.region == tally.region }
            #expect(tally.candidates == listed.count && tally.rejected == listed.count(where: \.isRejected))
        }
        #expect(brief.tallies.map(\.region) == Region.allCases)
    }

    @Test(arguments: BundledTopologies.names)
    func `alternatives are possible candidates of other strategies, none twice`(name: String) throws {
        let report = try Reports.planned(name)
        guard let plan = report.plan else { return }
        #expect(plan.alternatives.count <= PlanReport.mostAlternatives)
        var seen = plan.berths.map { [$0.berth.region.rawValue, $0.berth.strategy.rawValue] }
        for row in plan.alternatives {
            let key = [row.berth.region.rawValue, row.berth.strategy.rawValue]
            #expect(!seen.contains(key))
            seen.append(key)
            let candidate = try #require(report.candidates.first { $0.berth.berth == row.berth })
            #expect(!candidate.isRejected && candidate.berth.judgements == row.judgements)
        }
    }

    @Test func `what comes next is what has fewer hands in the game`() throws {
        let plan = try #require(try Reports.planned("pc-seabios-gen9", .brief).plan)
        #expect(plan.alternatives.map(\.berth.strategy) == ["ram-controller", "ram-controller", "unnamed-combination"])
        #expect(plan.alternatives.map(\.berth.region) == [.opRegion, .stolenMemory, .stolenMemory])
    }

    @Test func `a plan of the firmware says what to set and what it comes to`() throws {
        let plan = try #require(try Reports.planned("pc-seabios-gen6", .brief).plan)
        #expect(plan.berths.map(\.berth.strategy) == ["firmware-reserved", "firmware-reserved"])
        #expect(plan.berths.map { $0.address.exact?.rawValue } == [0x7ad0_0000, 0x7fff_e000])
        #expect(plan.berths[0].berth.needed == .mib(64) && plan.berths[0].berth.reserved == .mib(66))
        #expect(plan.isEmittable)
        #expect(
            plan.settings == [
                .property(Property("x-igd-gms", .number(2))), .property(Property("x-igd-opregion", .bool(true))),
            ])
    }

    @Test func `a size that is no power of two costs what a BAR wastes`() throws {
        let report = try Reports.planned("pc-seabios-gen7")
        let dummy = try report.candidate(.stolenMemory, "ram-controller")
        #expect(dummy.berth.berth.needed == .mib(96) && dummy.berth.berth.reserved == .mib(128) && !dummy.isRejected)
        let cost = try #require(dummy.berth.costs.first { $0.rule == "power-of-two-bar" })
        #expect("\(cost.statement)" == "96 MiB need a BAR of 128 MiB; 32 MiB are lost")
    }

    @Test func `the driver of a device owns a BAR that is added to it`() throws {
        let report = try Reports.planned("pc-seabios-gen8")
        let existing = try report.candidate(.stolenMemory, "existing-device")
        #expect(existing.berth.berth.slot?.slotText == "04.0" && existing.isRejected)
        #expect(existing.berth.rejections.map(\.rule) == ["driver-owns-carrier"])
        // No QEMU can add a BAR, so nothing is named.
        #expect(existing.help == .nothing(tried: 60, instead: nil))
    }

    @Test func `Windows has no place for a script, and needs none`() throws {
        let report = try Reports.planned("pc-windows-gen9")
        for region in Region.allCases {
            let dummy = try report.candidate(region, "ram-controller")
            #expect(!dummy.isRejected && dummy.berth.berth.writer == .writerROM)
            #expect(dummy.berth.costs.map(\.rule) == ["register-is-written"])
        }
        let madeUp = try report.candidate(.stolenMemory, "bogus-dummy")
        #expect(
            madeUp.berth.costs.map(\.rule) == ["carrier-looks-sane", "carrier-not-disabled", "register-is-written"])
    }

    @Test func `a BAR above 4 GiB that a register of 32 bits does not reach is moved by the ROM`() throws {
        let report = try Reports.planned("q35-busy")
        let places: [(Region, UInt64, String)] = [
            (.stolenMemory, 0xf400_0000, "moves the BAR from 0x3d8000000 to 0xf4000000"),
            (.opRegion, 0xfaff_e000, "moves the BAR from 0x418204000 to 0xfaffe000"),
        ]
        for (region, address, words) in places {
            let dummy = try report.candidate(region, "ram-controller")
            #expect(dummy.berth.address.exact?.rawValue == address && !dummy.isRejected)
            let cost = try #require(dummy.berth.costs.first { $0.rule == "register-is-written" })
            #expect("\(cost.statement)".contains(words))
        }
    }

    @Test func `an IGD that is elsewhere moves to its place, and the report has what moves and who notices`() throws {
        let report = try Reports.planned("q35-slot2-taken")
        let plan = try #require(report.plan)
        #expect(plan.berths.map(\.berth.strategy) == ["firmware-reserved", "firmware-reserved"])
        let root = BusName("pcie.0")
        let card = try #require(plan.settings.first)
        guard case .move(let device, let from) = card else {
            Issue.record("\(card)")
            return
        }
        #expect(device.id == "net0" && device.slot == Slot(root, devfn: 4 << 3) && from == Slot(root, devfn: 2 << 3))
        #expect(
            plan.settings.dropFirst().first
                == .moveIGD(from: Slot(root, devfn: 5 << 3), to: Slot(root, devfn: 2 << 3)))
        #expect(plan.moves.map(\.name) == ["igd", "net0"])
        let text = PlanText.render(report)
        #expect(
            text.contains(
                "virtio-net-pci 'net0' at 00:04.0 instead of 00:02.0: Linux: enp0s2 becomes enp0s4\n"
            ))
        let document = PlanDocument(report)
        #expect(document.moves.map(\.from) == ["pcie.0:05.0", "pcie.0:02.0"])
        #expect(document.moves.map(\.addressAfter) == ["00:02.0", "00:04.0"])
        #expect(document.settings.contains("move the IGD from 00:05.0 to 00:02.0"))
        #expect(PlanMarkdown.render(report).contains("- move the IGD from 00:05.0 to 00:02.0\n"))
    }

    @Test func `a plan with a loss names ways to more that lose less`() throws {
        let report = try Reports.planned("q35-nothing-fits", .brief)
        let plan = try #require(report.plan)
        #expect(plan.berths.map(\.berth.strategy) == ["left-alone", "firmware-reserved"])
        #expect(plan.more.map { $0.edits.map(\.kind) } == [[.stolenMemory]])
        #expect(
            PlanText.render(report).contains(
                "Shortest way to more: stolen memory 1 GiB instead of 2 GiB (x-igd-gms=0x20)\n"))
    }

    @Test func `what is there already need not be set`() throws {
        var guest = try Reports.guest("pc-seabios-gen9")
        guest.igd?.set("x-igd-gms", .number(2))
        guest.igd?.set("x-igd-opregion", .bool(true))
        let report = PlanReport(try Services.plan(guest), detail: .brief)
        #expect(try #require(report.plan).settings == [])
    }

    @Test func `where nothing fits the report has the facts and the smallest change`() throws {
        var guest = try Reports.guest("q35-nothing-fits")
        guest.guest = .windows(10)
        let report = PlanReport(try Services.plan(guest), detail: .brief)
        guard case .none(let reasons) = report.answer, case .change(let fix) = reasons.help else {
            Issue.record("there is a plan, or no change was found")
            return
        }
        #expect(fix.edits.map(\.kind) == [.stolenMemory])
        #expect(reasons.explanation?.premises.count == 7)
        #expect(report.plan == nil && report.isProven)
    }
}

import BerthBoot
import BerthBundled
import BerthPlacement
import BerthRehearsal
import BerthReport
import BerthServices
import BerthStack
import BerthTopology
import Testing

/// Plans booted for real, something standing in for the IGD. Two or three guests: `make rehearse-all` does the rest.
@Suite(.serialized) struct GuestRehearsalTests {
    private func rehearsal() -> GuestRehearsal {
        var rehearsal = GuestRehearsal(on: Stack.standard.qemu)
        rehearsal.run = .patient
        return rehearsal
    }

    private func planned(_ name: String, _ strategy: StrategyID) throws -> GuestTopology {
        let topology = try #require(try BundledTopologies.topology(named: name))
        let plan = try Services.plan(topology, restriction: .init(stolenMemory: strategy, opRegion: strategy))
        return try plan.outcome.emittable().topology
    }

    @Test func `SeaBIOS sets up both regions of a stand-in as predicted`() async throws {
        let plan = try planned("pc-seabios-gen8", "firmware-reserved")
        let report = try await rehearsal().report(on: plan, strategies: nil)
        #expect(report.rows.filter { !$0.agrees } == [])
        #expect(report.agrees)
        // Both maps, the regions in them.
        let maps = try #require(report.maps)
        #expect(maps.predicted == maps.real)
        let regions = maps.real.rows.filter { if case .entry(.region) = $0.kind { true } else { false } }
        #expect(regions.map(\.name).sorted() == ["OpRegion", "stolen memory"])
        let wanted = RehearsalRow(.register, "00:02.0 ASLS", predicted: "0xbfffe000", observed: "0xbfffe000")
        #expect(report.rows.contains(wanted))
        #expect(report.rows.contains { $0.kind == .opRegion && $0.observed == "the file's bytes" })
        #expect(report.staged.contains(.relabelledDisplay) && report.staged.contains(.lpcBridge))
        #expect(report.releases.map(\.product) == ["QEMU", "SeaBIOS"])
    }

    @Test func `the register writer's ROM does in real firmware what is predicted of it`() async throws {
        let plan = try planned("pc-seabios-gen8", "ram-controller")
        let report = try await rehearsal().report(on: plan, strategies: nil)
        #expect(report.rows.filter { !$0.agrees } == [])
        #expect(report.rows.count { $0.kind == .writer } == 2)
        #expect(report.rows.contains { $0.kind == .opRegion && $0.observed == "the file's bytes" })
    }

    @Test func `a prediction for other releases is not what happens, and each fact says so`() async throws {
        var plan = try planned("pc-seabios-gen8", "firmware-reserved")
        // SeaBIOS 1.16.3 takes more for itself, and stolen memory lies elsewhere.
        plan.stack.seabios = try SeaBIOSRelease.parse("1.16.3")
        let report = try await rehearsal().report(on: plan, strategies: nil)
        #expect(!report.agrees)
        let wrong = report.rows.filter { !$0.agrees }
        let bar = try #require(wrong.first { $0.place == "00:02.0 BAR 2" })
        #expect(bar.predicted == "256 MiB 64-bit prefetchable at 0x7040000000" && bar.observed != bar.predicted)
        #expect(report.releases.filter { !$0.agrees }.map(\.product) == ["SeaBIOS"])
        #expect(
            RehearsalText.render(report, all: false).contains(
                "Verdict: \(wrong.count) of \(report.rows.count) facts are not as predicted"))
    }

    @Test func `a served carrier needs a QEMU that takes one`() async throws {
        var guest = try #require(try BundledTopologies.topology(named: "pc-seabios-gen8"))
        guest.stack = try #require(Stack.named("debian-unstable"))
        let strategy: StrategyID = "vfio-user-lpc-bridge"
        let plan = try Services.plan(guest, restriction: .init(stolenMemory: strategy, opRegion: strategy))
        await #expect(
            throws: GuestRun.Failure.refused("'berth-lpc' is a vfio-user-pci, which came with QEMU 10.1")
        ) {
            try await rehearsal().report(on: try plan.outcome.emittable().topology, strategies: nil)
        }
    }

    @Test func `a QEMU that refuses and leaves does not end who speaks to it`() async throws {
        // The monitor's socket may be gone while a command is on its way.
        for _ in 0..<5 {
            await #expect {
                try await GuestRun.patient.observe(
                    arguments: ["-machine", "q35", "-device", "no-such-device"], firmware: .seabios)
            } throws: { error in
                guard case GuestRun.Failure.refused(let message) = error else { return false }
                return message.contains("'no-such-device' is not a valid device model name")
            }
        }
    }
}

import BerthBoot
import BerthDiagnostics
import BerthPlacement
import BerthServices
import BerthStack
import BerthTopology
import Testing

/// What QEMU asks the firmware for when nobody says anything.
struct DefaultRequestTests {
    @Test func `a carrier that Berth's ROM points at serves a Windows guest`() throws {
        let comparison = try Services.compare(Guests.classic { $0.guest = .windows(10) })
        let cell = try #require(
            comparison.rows(of: .stolenMemory).first { $0.strategy == "ram-controller" }?.cells[comparison.home])
        #expect(cell.verdict.level == .works)
        #expect(cell.verdict.deciding == nil)
    }

    @Test func `the classic guest without x-igd-gms runs: SeaBIOS reserves the GTT's size and writes BDSM`() throws {
        for release in [QEMURelease(2, 7), .init(7, 2), .init(9, 1)] {
            for guest in [GuestOS.firmwareOnly, .linux(.init(6, 1)), .windows(10)] {
                let configured = Guests.classic {
                    $0.qemu = release
                    $0.guest = guest
                }
                let outcome = try Services.simulate(configured).outcome
                #expect(outcome.registers.filter { $0.offset == 0x5c }.map(\.value) == [0xbe70_0000])
                let verdict = Verdict.of(configured)
                #expect(verdict.level == (guest == .firmwareOnly ? .works : .degraded))
                #expect(verdict.consequences.allSatisfy { $0.symptom == .noStolenMemory })
            }
        }
        // i915 does not use stolen memory before generation 8 under a hypervisor.
        let ivyBridge = Guests.classic {
            $0.igd?.device = 0x0162
            $0.igd?.graphicsControl = 0x0211
        }
        #expect(Problems.find(in: ivyBridge) == [])
    }
}

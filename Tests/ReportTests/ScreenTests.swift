import BerthStack
import BerthServices
import BerthBundled
import BerthPlacement
import BerthReport
import BerthTopology
import Testing

/// What is printed without `--all` fits a screen.
struct ScreenTests {
    private func expectScreen(_ text: String, _ name: String) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
        #expect(lines.count <= 45, "\(name): \(lines.count) lines")
        for line in lines { #expect(line.count <= 100 && line.last != " ", "\(line)") }
    }

    @Test(arguments: BundledTopologies.names)
    func `a plan`(name: String) throws {
        expectScreen(PlanText.render(try Reports.planned(name, .brief)), name)
    }

    @Test(arguments: BundledTopologies.names)
    func `a comparison`(name: String) throws {
        expectScreen(CompareText.render(try Reports.compared(name, .brief)), name)
    }

    /// Whatever is wrong with a guest, its firmware, its release or its OS.
    @Test(arguments: BundledTopologies.names)
    func `a plan under other firmware, releases and guest OSs`(name: String) throws {
        for kind in FirmwareKind.allCases {
            for guest in [GuestOS.linux(.init(6, 14)), .windows(11)] {
                for slot in [UInt8(2), 9] {
                    var topology = try Reports.guest(name)
                    topology.firmware = FirmwareChoice(kind)
                    topology.guest = guest
                    let place = topology.rootSlot(slot)
                    topology.igd?.slot = place
                    guard (try? topology.resolved()) != nil else { continue }
                    let report = PlanReport(try Services.plan(topology), detail: .brief)
                    expectScreen(PlanText.render(report), "\(name) \(kind) \(guest) \(slot)")
                }
            }
        }
    }
}

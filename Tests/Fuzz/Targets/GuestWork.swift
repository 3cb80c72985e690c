import Berth
import BerthBoot
import BerthHost
import BerthPlacement
import BerthQEMU
import BerthReport
import BerthTopology

/// What the tool does with a guest, however it was read.
enum GuestWork {
    static func simulate(_ topology: GuestTopology, then actions: [GuestAction] = []) throws {
        let outcome = try Berth.boot(topology, then: actions)
        _ = SimulationText.render(outcome, topology: topology)
        _ = try JSONText.encode(Observation(outcome, topology: topology))
    }

    /// Plans, and now and then prints, writes and compares.
    static func plan(
        _ topology: GuestTopology, host: HostInventory? = nil, restriction: Planner.Restriction = .init(),
        _ sample: Sample
    ) throws {
        let result = try Berth.plan(topology, host: host, restriction: restriction)
        try Berth.auditOptions(of: result)
        if sample.pick(4) == 0 {
            _ = PlanText.render(result)
            _ = try JSONText.encode(PlanDocument(result))
        }
        if sample.pick(32) == 1 { _ = CompareText.render(CompareDocument(try Berth.compare(topology, host: host))) }
        let written = try Emission.topology(of: result)
        _ = ArgumentWriter.text(try ArgumentWriter.write(written))
        _ = try DomainWriter.write(written)
    }
}

import BerthBoot
import BerthDiagnostics
import BerthHost
import BerthLibvirtEditing
import BerthPlacement
import BerthQEMU
import BerthReport
import BerthServices
import BerthTopology

/// What the tool does with a guest, however it was read.
enum GuestWork {
    static func simulate(_ topology: GuestTopology, then actions: [GuestAction] = [], _ sample: Sample) throws {
        let outcome = try Berth.boot(topology, then: actions)
        let detail: SimulationReport.Detail = sample.pick(4) == 0 ? .budget : .boot
        let report = SimulationReport(outcome, of: topology, detail: detail)
        if detail == .budget { _ = SimulationText.render(report) } else { _ = try JSONText.encode(Observation(report)) }
    }

    /// Plans and writes the plan; now and then prints all of it, or compares.
    static func plan(
        _ topology: GuestTopology, host: HostInventory? = nil, restriction: Planner.Restriction = .init(),
        _ sample: Sample
    ) throws {
        let planning = try Berth.plan(topology, host: host, restriction: restriction)
        let way = sample.pick(16)
        if way == 0 {
            try Berth.auditOptions(of: planning)
            let report = PlanReport(planning, detail: .all, host: host)
            _ = PlanText.render(report)
            _ = PlanMarkdown.render(report)
            _ = try JSONText.encode(PlanDocument(report))
        } else {
            _ = PlanText.render(PlanReport(planning, detail: .brief, host: host))
        }
        if way == 1 {
            _ = CompareText.render(ComparisonReport(try Berth.compare(topology, host: host), detail: .all))
        }
        let plan = try planning.outcome.emittable()
        _ = ArgumentWriter.text(try ArgumentWriter.write(plan))
        _ = try DomainWriter.write(plan)
    }
}

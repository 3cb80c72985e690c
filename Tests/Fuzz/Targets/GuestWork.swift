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
        let outcome = try Services.boot(topology, then: actions)
        let detail: SimulationReport.Detail = sample.looksForRoom ? .budget : .boot
        let report = SimulationReport(outcome, of: topology, detail: detail)
        if detail == .budget { _ = SimulationText.render(report) } else { _ = try JSONText.encode(Observation(report)) }
    }

    /// Plans, and writes the plan; some are printed, too, with what would help where there is none, and a few of those with
    /// every option beside the plan, or compared.
    static func deliver(
        _ topology: GuestTopology, host: HostInventory? = nil, restriction: Planner.Restriction = .init(),
        _ sample: Sample
    ) throws {
        let planning = try Services.plan(topology, host: host, restriction: restriction)
        switch sample.print {
        case .nothing: break
        case .brief: _ = PlanText.render(PlanReport(planning, detail: .brief, host: host))
        case .comparison:
            _ = CompareText.render(ComparisonReport(try Services.compare(topology, host: host), detail: .all))
        case .all:
            try Services.auditOptions(of: planning)
            let report = PlanReport(planning, detail: .all, host: host)
            _ = PlanText.render(report)
            _ = PlanMarkdown.render(report)
            _ = try JSONText.encode(PlanDocument(report))
        }
        let plan = try planning.outcome.emittable()
        _ = ArgumentWriter.text(try ArgumentWriter.write(plan))
        _ = try DomainWriter.write(plan)
    }
}

import BerthDiagnostics
import BerthPlacement
import BerthServices
import BerthTopology

/// Searches every known way of placing both regions of an IGD in a guest, and finds the best.
///
/// What "best" means, docs/strategies.md says; each candidate is judged by rules that name their sources, `Catalog.rules`.
public struct Planner: Sendable {
    /// A planner with all strategies and all rules.
    public init() {}

    /// The best plan for a guest, or why there is none. A plan is checked, by a boot of its own, before it is returned.
    ///
    /// With a host, the guest has that host's IGD (`Guest.adopting(_:)`). Works on all processors while it searches, and
    /// returns when it is done; the result never depends on that.
    /// Errors: the guest has no IGD, or a share of one; a constraint that nothing can meet; a defect of Berth.
    public func plan(
        _ guest: Guest, host: HostMachine? = nil, constraints: PlanConstraints = PlanConstraints()
    ) throws(PlanningError) -> Outcome {
        try planning(guest, host: host, constraints: constraints).outcome
    }

    /// The same, with everything that can be asked about it: other candidates, what speaks against them, reports.
    ///
    /// Works on all processors, as `plan(_:host:constraints:)` does. Errors: the same.
    public func planning(
        _ guest: Guest, host: HostMachine? = nil, constraints: PlanConstraints = PlanConstraints()
    ) throws(PlanningError) -> Planning {
        let topology = host.map { guest.topology.adopting($0.inventory) } ?? guest.topology
        return try PlanningError.wrapping {
            let restriction = try constraints.restriction { topology.rootBus }
            if let request = Request(makingRoomIn: topology) {
                try BerthPlacement.Planner().check(restriction.pins, request)
            }
            return Planning(try Services.plan(topology, restriction: restriction), host: host)
        }
    }
}

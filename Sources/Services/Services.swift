package import BerthBoot
package import BerthDiagnostics
package import BerthHost
package import BerthPlacement
import BerthStack
package import BerthTopology

/// What several floors do together, each in one call.
package enum Services {
    /// Plans both regions of an IGD guest. The plan is checked before it is returned (`violations(of:)`).
    ///
    /// Errors: the guest has no IGD to plan for, or a share of one; the restriction names a strategy that is none
    /// (`InputError`); the plan does not hold (`Defect`).
    package static func plan(
        _ topology: GuestTopology, host: HostInventory? = nil, restriction: Planner.Restriction = .init(),
        planner: Planner = Planner()
    ) throws -> Planning {
        let planning: Planning
        do {
            planning = try planner.plan(try request(topology, host), restriction: restriction)
        } catch let error as UnknownName {
            throw InputError("\(error)", rule: "strategy-name", kind: .usage)
        }
        if let plan = planning.plan { try audit(plan.evaluation) }
        return planning
    }

    /// Every strategy for both regions, under both firmwares and several guest OSs. What is possible under the guest's own
    /// is checked. `columns`: other ones than these.
    ///
    /// Errors: the guest has no IGD to place anything for, or a share of one (`InputError`); a berth does not hold
    /// (`Defect`).
    package static func compare(
        _ topology: GuestTopology, host: HostInventory? = nil, columns: [Comparison.Column]? = nil
    ) throws -> Comparison {
        let comparison = Comparison(try request(topology, host), columns: columns, host: host)
        for row in comparison.rows {
            guard let cell = row.cells[comparison.home], cell.evaluation.isAccepted else { continue }
            try audit(cell.evaluation, quickViolations)
        }
        return comparison
    }

    private static func request(_ topology: GuestTopology, _ host: HostInventory?) throws(InputError) -> Request {
        if let shared = topology.sharedGraphics {
            throw InputError("\(shared.statement); \(shared.advice)", rule: SharedGraphics.rule, at: shared.location)
        }
        if let request = Request(host.map { topology.adopting($0) } ?? topology) { return request }
        throw InputError("'\(topology.name)' has no IGD; add an 'igd' section, or a host with --host", rule: "no-igd")
    }

    /// What the guest's firmware will do.
    ///
    /// Errors: QEMU would refuse to start this guest.
    package static func simulate(_ topology: GuestTopology) throws(InputError) -> (
        tree: PCITree, outcome: FirmwareOutcome
    ) {
        let tree = try topology.resolved()
        return (tree, FirmwareModels.model(for: topology.firmware).boot(topology, tree))
    }

    /// What firmware and OS will do, with every moment a BAR is not there; then `actions` happen, in order.
    ///
    /// Errors: QEMU would refuse to start this guest.
    package static func boot(
        _ topology: GuestTopology, then actions: [GuestAction] = []
    ) throws(InputError) -> BootOutcome {
        BootOutcome.run(topology, try topology.resolved(), then: actions)
    }
}

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
    /// `room` says what may move for the IGD. Where nothing can be planned beside the ROM of the IGD, the plan does without it.
    /// Errors: the guest has no IGD to plan for, or a share of one; QEMU would refuse it wherever the IGD is; its OS cannot have
    /// its purpose; the restriction names a strategy that is none (`InputError`); the plan does not hold (`Defect`).
    package static func plan(
        _ topology: GuestTopology, host: HostInventory? = nil, restriction: Planner.Restriction = .init(),
        planner: Planner = Planner(), room: Room = .made
    ) throws -> Planning {
        var planning: Planning
        do {
            let request = try request(topology, host, room)
            planning = try planner.plan(request, restriction: restriction)
            let isDeadEnd = planning.isInfeasible || planning.plan?.missing.isEmpty == false
            if room != .none, isDeadEnd, let other = request.withoutROM {
                let without = try planner.plan(other, restriction: restriction)
                // A guest that has to be given something else anyhow is told so.
                if let plan = without.plan, plan.missing.isEmpty, Verdict.of(plan.evaluation).level < .fails {
                    planning = without
                }
            }
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
        _ topology: GuestTopology, host: HostInventory? = nil, columns: [Comparison.Column]? = nil, room: Room = .made
    ) throws -> Comparison {
        let comparison = Comparison(try request(topology, host, room), columns: columns, host: host)
        for row in comparison.rows {
            guard let cell = row.cells[comparison.home], cell.evaluation.isAccepted else { continue }
            try audit(cell.evaluation, quickViolations)
        }
        return comparison
    }

    /// What may move in a guest so that its IGD is where drivers look for it.
    package enum Room: Hashable, Sendable {
        /// Nothing: the guest is judged as it is.
        case none
        /// Whatever is in the way.
        case made
        /// The same, and this is what it came to, with a host's IGD if one was given.
        case given(GuestTopology)
    }

    private static func request(
        _ topology: GuestTopology, _ host: HostInventory?, _ room: Room
    ) throws(InputError) -> Request {
        if let shared = topology.sharedGraphics {
            throw InputError("\(shared.statement); \(shared.advice)", rule: SharedGraphics.rule, at: shared.location)
        }
        try topology.checkPurpose()
        let guest = host.map { topology.adopting($0) } ?? topology
        let request: Request? =
            switch room {
            case .none: Request(guest)
            case .made: Request(makingRoomIn: guest)
            case .given(let other): Request(makingRoomIn: guest, room: other)
            }
        if let request {
            if request.topology != request.original { _ = try request.topology.resolved() }
            return request
        }
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

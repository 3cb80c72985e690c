package import BerthHost
package import BerthPlacement
package import BerthTopology

extension Services {
    /// What will happen to a guest as it is, and the smallest change that mends each problem.
    ///
    /// `room` says what may move for the IGD where the mend is a plan. A guest that no plan helps is diagnosed all the same.
    package static func diagnose(
        _ topology: GuestTopology, host: HostInventory? = nil, room: Room = .made
    ) -> Diagnosis {
        // Why there is no plan, `plan` tells.
        let planning = try? plan(topology, room: room)
        return Diagnosis(topology, host: host, plan: planning?.plan)
    }
}

import BerthTopology
import Synchronization

/// Simulations of one guest by what is added to it, for everybody who asks.
final class Simulations: Sendable {
    private let guest: GuestTopology
    private let trees: BootedTrees
    private let known = Mutex<[[TopologyEdit]: Simulation]>([:])

    /// Of the request's guest.
    init(_ request: Request) {
        guest = request.topology
        trees = BootedTrees(request.guestTree)
    }

    /// The guest with all proposals made, in their order.
    func simulation(of proposals: [Proposal]) -> Simulation {
        let edits = proposals.map(\.edit)
        if let simulation = known.withLock({ $0[edits] }) { return simulation }
        let made = Simulation(guest, proposals, trees)
        known.withLock { $0[edits] = made }
        return made
    }

    /// The two together, not judged yet.
    func evaluation(of proposals: PerRegion<Proposal>) -> Evaluation {
        Evaluation(proposals.both.map(\.berth), in: simulation(of: proposals.both))
    }
}

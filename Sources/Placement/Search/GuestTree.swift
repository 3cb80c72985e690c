import BerthDiagnostics
import BerthTopology
import Synchronization

/// The PCI tree of a guest, and what trees of the same guest with more in it are made on: once for everybody who asks, and for
/// the first that does.
///
/// Follows from the guest, so that two of them decide no equality.
final class GuestTree: Hashable, Sendable {
    private let guest: GuestTopology
    private let known = Mutex(State())

    private struct State {
        var base: BaseTree?
        var tree: PCITree?
    }

    init(_ guest: GuestTopology) { self.guest = guest }

    /// That of the same guest with more in it, with what QEMU would say to it.
    func resolve(_ topology: GuestTopology) -> (tree: PCITree, findings: [Finding]) {
        known.withLock { base(&$0) }.resolve(topology)
    }

    var tree: PCITree {
        known.withLock { known in
            if let tree = known.tree { return tree }
            let made = base(&known).resolve(guest).tree
            known.tree = made
            return made
        }
    }

    private func base(_ known: inout State) -> BaseTree {
        if let base = known.base { return base }
        let made = BaseTree(guest)
        known.base = made
        return made
    }

    static func == (a: GuestTree, b: GuestTree) -> Bool { true }
    func hash(into hasher: inout Hasher) {}
}

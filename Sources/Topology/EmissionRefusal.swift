package import BerthDiagnostics
import BerthPCI

/// A guest that the chosen output cannot say, and what is missing.
package struct EmissionRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    package var rule: RuleID
    /// Lower case, no full stop.
    package var message: String

    package init(_ rule: RuleID, _ message: String) {
        self.rule = rule
        self.message = message
    }

    package var description: String { "\(message) [\(rule)]" }
}

extension GuestTopology {
    /// The tree of a guest that QEMU can be told to build.
    ///
    /// Errors: BARs on functions that have none in any released QEMU; everything `resolve()` finds wrong.
    package func emittableTree() throws(EmissionRefusal) -> PCITree {
        let (tree, findings) = resolve()
        if let added = addedBARs.first {
            let function = tree.index(at: added.slot).map { tree.place(of: tree.functions[$0]) }
            throw EmissionRefusal(
                "added-bar",
                "no released QEMU can put a BAR on \(function ?? "\(added.slot)"); a device of its own with a BAR of "
                    + "\(added.bar.kind.size), such as ivshmem-plain, can be written")
        }
        if let error = findings.first(where: { $0.severity == .error }) {
            throw EmissionRefusal(error.rule, "QEMU would not start this guest: \(error.message)")
        }
        return tree
    }
}

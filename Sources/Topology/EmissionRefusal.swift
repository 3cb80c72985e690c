public import BerthDiagnostics
import BerthPCI

/// A guest that the chosen output cannot say, and what is missing.
public struct EmissionRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    /// What refuses: the writer, or the plan itself.
    public let rule: RuleID
    /// Lower case, no full stop.
    public let message: String
    /// What no release has and the plan needs; empty where it is the output that cannot say something.
    package let missing: [Statement]
    /// Names of the strategies of the best plan that can be written; nil where there is none, or nobody looked for one.
    package let nearest: PerRegion<String>?

    package init(
        _ rule: RuleID, _ message: String, missing: [Statement] = [], nearest: PerRegion<String>? = nil
    ) {
        self.rule = rule
        self.message = message
        self.missing = missing
        self.nearest = nearest
    }

    /// `MESSAGE [rule-id]`
    public var description: String { "\(message) [\(rule)]" }
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

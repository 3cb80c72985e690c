package import BerthDiagnostics
package import BerthHost
package import BerthTopology

/// What will happen to a guest as it is, and what mends it.
package struct Diagnosis: Sendable {
    /// As it was given.
    package let guest: GuestTopology
    package let host: HostInventory?
    package let verdict: Verdict
    /// Worst first, none twice.
    package let problems: [Problem]
    /// What QEMU prints about the IGD while it starts, word by word.
    package let messages: [String]
    /// What lies where.
    package let map: GuestMap

    /// One loss, and the change after which it is gone.
    package struct Problem: Hashable, Sendable {
        package let consequence: Consequence
        /// Nil where no change that was tried helps.
        package let mend: Mend?

        package var id: RuleID { consequence.fact.rule }
    }

    /// `plan`: the best plan for this guest, where there is one; it is the mend of what no smaller change mends.
    package init(_ guest: GuestTopology, host: HostInventory? = nil, plan: Plan? = nil) {
        self.guest = guest
        self.host = host
        verdict = Verdict.of(guest, host: host)
        var search = MendSearch(guest, verdict, host: host, plan: plan)
        var seen: Set<Consequence> = []
        var problems: [Problem] = []
        for var consequence in verdict.losses {
            // Both regions of a guest that does not start say the same.
            consequence.fact.quantities = [:]
            guard seen.insert(consequence).inserted else { continue }
            problems.append(Problem(consequence: consequence, mend: search.mend(of: consequence)))
        }
        self.problems = problems
        messages = IGDInQEMU.messages(guest)
        map = GuestMap(guest)
    }
}

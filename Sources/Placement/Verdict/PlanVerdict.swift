package import BerthHost
import BerthTopology

extension Verdict {
    /// Of a guest whose regions are berthed like this: what its user will see.
    package static func of(_ plan: Evaluation, host: HostInventory? = nil) -> Verdict {
        Verdict(plan.berths.flatMap { of($0, in: plan).consequences } + ProblemSet.all.ofGuest(plan, host: host))
            .weighed(for: plan.topology.use)
    }
}

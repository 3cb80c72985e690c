import BerthDiagnostics
import BerthPCI
import BerthTopology

/// A region that the guest asks for has to be somewhere.
struct RequestIsMet: Rule {
    let id: RuleID = "request-is-met"
    let summary = "the guest gets the region that it asks for"
    let documentation = """
        Leaving a region out is an answer only to a guest that does not ask for it. What is lost without it depends on who \
        uses it; a comparison says so for each guest OS.
        """
    let sources = ["Topology files: stolen-memory and opregion of the igd section"]

    func judge(_ berth: RegionBerth, in evaluation: Evaluation) -> [Judgement] {
        guard berth.backing == .nothing, berth.needed > .zero else { return [] }
        return [
            .rejects(
                Fact(
                    id, "the guest asks for \(berth.needed) of \(berth.region) and gets none",
                    ["needed": .bytes(berth.needed.rawValue)],
                    remedy: "\(name: berth.region.rawValue): 0, to go without"), .memoryMissing)
        ]
    }
}

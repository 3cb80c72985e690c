package import BerthDiagnostics
import BerthTopology

/// Something that users run into and that can be known before the guest boots.
package protocol Problem: Sendable {
    var id: RuleID { get }
    /// One line for lists.
    var summary: String { get }
    /// Who sees what, why, and what helps.
    var documentation: String { get }
    var sources: [String] { get }
    var scope: ProblemScope { get }
    /// Empty where the guest does not have the problem.
    func find(in situation: Situation) -> [Consequence]
}

/// What has the problem.
package enum ProblemScope: Hashable, Sendable {
    /// A region, depending on its berth.
    case region
    /// The guest, wherever the regions are.
    case guest
}

extension Problem {
    func consequence(
        _ level: Verdict.Level, _ symptom: Symptom, _ statement: Statement, _ quantities: [String: Fact.Quantity] = [:],
        remedy: Statement? = nil, source: String? = nil
    ) -> Consequence {
        Consequence(
            level, symptom, Fact(id, statement, quantities, remedy: remedy), source: source ?? sources.first ?? "")
    }
}

extension Verdict {
    /// Of one region, berthed like this.
    package static func of(
        _ berth: RegionBerth, in evaluation: Evaluation, problems: ProblemSet = .all
    ) -> Verdict {
        let situation = Situation(evaluation, berth)
        var found = problems.ofRegions.flatMap { $0.find(in: situation) }
        // A rejection that no problem puts into words is told as the rule has it.
        if found.isEmpty, let fact = situation.state.fact {
            let source = Rules.rule(fact.rule)?.sources.first ?? ""
            found = [
                situation.rejection(.memoryElsewhere) == nil
                    ? Consequence(.fails, .impossible, fact, source: source)
                    : Consequence(.degraded, .otherMemory, fact, source: source)
            ]
        }
        return Verdict(found).weighed(for: situation.topology.use)
    }
}

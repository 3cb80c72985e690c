import BerthDiagnostics
import BerthTopology

/// What was said of one candidate, said of its equal: the same statements with the other slot.
struct Renaming {
    private let option: Planning.Option
    /// The slot of the candidate; nil for one without a carrier.
    private let slot: SlotName?
    /// Judgements that speak of it.
    private let naming: [Int]

    init(_ option: Planning.Option, _ proposal: Proposal) {
        self.option = option
        let slot = proposal.berth.slot?.named
        self.slot = slot
        naming = option.judgements.indices.filter { index in
            let fact = option.judgements[index].fact
            return slot.map { fact.statement.mentions($0) || fact.remedy?.mentions($0) == true } ?? false
        }
    }

    func option(for member: Proposal) -> Planning.Option {
        var renamed = option
        renamed.berth = member.berth
        guard let old = slot, let new = member.berth.slot?.named else { return renamed }
        for index in naming {
            var fact = renamed.judgements[index].fact
            fact.statement = fact.statement.saying(new, insteadOf: old)
            fact.remedy = fact.remedy?.saying(new, insteadOf: old)
            renamed.judgements[index].fact = fact
        }
        return renamed
    }
}

import BerthDiagnostics
import BerthTopology

/// What was said of one candidate, said of its equal: the same words with the other slot.
struct Renaming {
    private let option: PlanningResult.Option
    private let parts: [[Part]]

    /// A text between the places where the candidate is named.
    private enum Part {
        case text(String)
        /// `00:03.0`
        case place
        /// `pcie.0:03.0`
        case slot

        var isName: Bool { if case .text = self { false } else { true } }
    }

    init(_ option: PlanningResult.Option, _ proposal: Proposal) {
        self.option = option
        guard let slot = proposal.berth.slot else {
            parts = option.judgements.map { [.text($0.fact.statement)] }
            return
        }
        parts = option.judgements.map { Self.split($0.fact.statement, slot) }
    }

    private static func split(_ text: String, _ slot: Slot) -> [Part] {
        var parts: [Part] = []
        for (index, piece) in text.split(separator: slot.description, omittingEmptySubsequences: false).enumerated() {
            if index > 0 { parts.append(.slot) }
            let rest = piece.split(separator: "00:\(slot.slotText)", omittingEmptySubsequences: false)
            for (number, words) in rest.enumerated() {
                if number > 0 { parts.append(.place) }
                if !words.isEmpty { parts.append(.text(String(words))) }
            }
        }
        return parts
    }

    func option(for member: Proposal) -> PlanningResult.Option {
        var renamed = option
        renamed.berth = member.berth
        guard let slot = member.berth.slot else { return renamed }
        for index in renamed.judgements.indices where parts[index].contains(where: \.isName) {
            var text = ""
            for part in parts[index] {
                switch part {
                case .text(let words): text += words
                case .place: text += "00:\(slot.slotText)"
                case .slot: text += slot.description
                }
            }
            renamed.judgements[index] = renamed.judgements[index].saying(text)
        }
        return renamed
    }
}

extension Judgement {
    fileprivate func saying(_ statement: String) -> Judgement {
        var fact = fact
        fact.statement = statement
        return switch self {
        case .rejects: .rejects(fact)
        case .costs: .costs(fact)
        case .holds: .holds(fact)
        }
    }
}

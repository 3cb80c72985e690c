import BerthDiagnostics
import BerthPCI

/// A planning result as Markdown: the plan, why, and every candidate with its facts.
package enum PlanMarkdown {
    package static func render(_ document: PlanDocument) -> String {
        var text = "# \(Markdown.escaped(document.name))\n\n"
        text +=
            "\(document.machine), \(document.firmware), \(document.guest), QEMU \(document.qemu), IGD \(document.device)"
        text += document.platform.map { " (\($0), \(document.generation ?? ""))" } ?? ""
        text += "\n\n## Plan\n\n"
        if document.plan.isEmpty {
            text += document.proven ? "No berth: every candidate is rejected.\n" : "\(PlanTerms.notProven)\n"
            text +=
                document.fix.map { "\nSmallest change: \(Markdown.escaped(words($0))).\n" }
                ?? "\nNone of the changes tried helps.\n"
            if let explanation = document.explanation {
                text += "\nWhy there is none:\n\n" + list(explanation, depth: 0)
            }
        } else {
            text += Markdown.table(
                ["region", "strategy", "backing", "carrier", "address", "size", "register", "missing"],
                document.plan.map(row))
        }
        if let reason = document.reason { text += "\nWhy it is best: \(Markdown.escaped(reason)).\n" }
        for berth in document.plan { text += facts(berth, heading: "Facts: \(berth.region)") }
        for region in regions(document) {
            let candidates = document.candidates.filter { $0.berth.region == region }
            text += "\n## Candidates: \(region)\n\n"
            text += Markdown.table(
                ["strategy", "carrier", "address", "verdict", "what speaks against it", "would help", "missing"],
                candidates.map(row))
        }
        return text
    }

    private static func regions(_ document: PlanDocument) -> [String] {
        var seen: [String] = []
        for candidate in document.candidates where !seen.contains(candidate.berth.region) {
            seen.append(candidate.berth.region)
        }
        return seen
    }

    private static func row(_ berth: PlanDocument.BerthEntry) -> [String] {
        [
            berth.region, berth.strategy, berth.backing, carrier(berth), address(berth),
            ByteCount(berth.reserved).description,
            berth.register.map { "\($0.name) at \(Hexadecimal.string($0.offset)), written by \($0.writtenBy)" } ?? "",
            berth.missing ?? "",
        ]
    }

    private static func row(_ candidate: PlanDocument.CandidateEntry) -> [String] {
        let against = candidate.berth.facts.filter { $0.verdict != "holds" }
        return [
            candidate.berth.strategy, carrier(candidate.berth), address(candidate.berth),
            candidate.rejected ? "rejected" : "possible",
            against.map { "\($0.statement) [\($0.rule)]" }.joined(separator: "; "),
            candidate.rejected ? help(candidate) : against.compactMap(\.remedy).joined(separator: "; "),
            candidate.berth.missing ?? "",
        ]
    }

    /// What was found by search, or why nothing was.
    private static func help(_ candidate: PlanDocument.CandidateEntry) -> String {
        if let fix = candidate.fix { return words(fix) }
        if candidate.search == "stopped" { return "not all changes were tried" }
        let remedy = candidate.berth.facts.first { $0.verdict == "rejects" && $0.remedy != nil }?.remedy
        return "no change of this guest" + (remedy.map { "; instead: \($0)" } ?? "")
    }

    private static func words(_ fix: FixEntry) -> String { fix.changes.joined(separator: ", and ") }

    private static func list(_ entry: ExplanationEntry, depth: Int) -> String {
        let rule = entry.rule.map { " [\($0)]" } ?? ""
        return String(repeating: "  ", count: depth) + "- \(Markdown.escaped(entry.statement + rule))\n"
            + (entry.because ?? []).map { list($0, depth: depth + 1) }.joined()
    }

    private static func facts(_ berth: PlanDocument.BerthEntry, heading: String) -> String {
        guard !berth.facts.isEmpty else { return "" }
        return "\n## \(heading)\n\n"
            + Markdown.table(
                ["verdict", "rule", "statement"], berth.facts.map { [$0.verdict, $0.rule, $0.statement] })
    }

    private static func carrier(_ berth: PlanDocument.BerthEntry) -> String {
        guard let carrier = berth.carrier else { return "" }
        return carrier + (berth.bar.map { " BAR \($0)" } ?? "")
    }

    private static func address(_ berth: PlanDocument.BerthEntry) -> String {
        berth.address.map { Hexadecimal.string($0) } ?? ""
    }
}

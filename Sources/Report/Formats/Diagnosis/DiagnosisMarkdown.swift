import BerthDiagnostics
import BerthLogs
import BerthPlacement
import BerthTopology

/// The same for a forum or an issue.
package enum DiagnosisMarkdown {
    package static func render(_ report: DiagnosisReport) -> String {
        let guest = report.guest
        var text = "# \(Markdown.escaped(guest.name))\n\n\(Markdown.escaped(Descriptions.guest(guest)))"
        if let igd = guest.igd { text += "\n\nIGD \(Markdown.escaped(Descriptions.igd(igd)))" }
        text += "\n\n**\(Markdown.escaped(DiagnosisTerms.verdict(report)))**\n"
        if case .shared(let shared) = report.answer { text += "\n\(Markdown.escaped(shared.advice))\n" }
        if !report.problems.isEmpty {
            text +=
                "\n"
                + Markdown.table(
                    ["problem", "level", "you see", "because", "mend", "source"],
                    report.problems.map { row($0, report) })
        }
        if !report.notes.isEmpty {
            text +=
                "\nWorth knowing:\n\n" + report.notes.map { "- \(Markdown.escaped(VerdictText.words($0)))\n" }.joined()
        }
        if !report.messages.isEmpty {
            text += "\nWhat QEMU prints about the IGD:\n\n```\n\(report.messages.joined(separator: "\n"))\n```\n"
        }
        if let logs = report.logs { text += self.logs(logs) }
        return text
    }

    private static func logs(_ logs: LogReport) -> String {
        let counts = logs.files.map { "- \(Markdown.escaped(LogTerms.file($0)))\n" }.joined()
        guard !logs.entries.isEmpty else { return "\nLogs:\n\n\(counts)" }
        return "\nLogs:\n\n\(counts)\n"
            + Markdown.table(
                ["message", "where", "numbers", "means", "you see", "help", "source"],
                logs.entries.map { entry in
                    [
                        entry.message.id.rawValue, LogTerms.place(entry),
                        entry.first.values.map { "\($0.name) \(LogTerms.value($0))" }.joined(separator: "; "),
                        entry.message.meaning, entry.message.symptom?.seen ?? "", entry.message.help ?? "",
                        entry.message.source,
                    ]
                })
    }

    private static func row(_ problem: DiagnosisReport.Problem, _ report: DiagnosisReport) -> [String] {
        let consequence = problem.consequence
        let mend =
            problem.mend.map { DiagnosisTerms.mend($0, report.guest) } ?? consequence.fact.remedy?.description ?? ""
        let command = DiagnosisTerms.command(problem, report).map { ": `\($0)`" } ?? ""
        return [
            problem.id.rawValue, consequence.level.rawValue, problem.symptom.seen,
            consequence.fact.statement.description, mend + command, consequence.source,
        ]
    }
}

import BerthDiagnostics
import BerthPlacement
import BerthTopology

/// A diagnosis for a terminal: the verdict in a line, then the problems, worst first.
package enum DiagnosisText {
    private static let column = 10

    package static func render(_ report: DiagnosisReport) -> String {
        var layout = TextLayout()
        let guest = report.guest
        layout.heading(guest)
        layout.blank()
        layout.line(DiagnosisTerms.verdict(report))
        if case .shared(let shared) = report.answer { layout.line(shared.advice, indent: 2) }
        for (number, problem) in report.problems.enumerated() { self.problem(number + 1, problem, report, &layout) }
        if !report.notes.isEmpty {
            layout.blank()
            layout.line("Worth knowing")
            for note in report.notes { layout.line(VerdictText.words(note), indent: 2) }
        }
        if !report.messages.isEmpty {
            layout.blank()
            layout.line("What QEMU prints about the IGD")
            for message in report.messages { layout.line(message, indent: 2) }
        }
        if !report.places.isEmpty {
            layout.blank()
            layout.line("Where the regions are")
            for place in report.places { layout.field(place.region.name, DiagnosisTerms.place(place), column: 15) }
        }
        if let logs = report.logs { DiagnosisLogText.render(logs, &layout) }
        return layout.text
    }

    private static func problem(
        _ number: Int, _ problem: DiagnosisReport.Problem, _ report: DiagnosisReport, _ layout: inout TextLayout
    ) {
        let consequence = problem.consequence
        layout.blank()
        layout.line("\(number). \(problem.symptom.rawValue) (\(consequence.level.rawValue)) [\(problem.id)]")
        layout.field("you see", problem.symptom.seen, indent: 3, column: column)
        layout.field("because", consequence.fact.statement.description, indent: 3, column: column)
        if !consequence.source.isEmpty { layout.field("source", consequence.source, indent: 3, column: column) }
        for line in problem.evidence {
            layout.field(
                "log", "\(line.file):\(line.line) tells of the same [\(line.message)]", indent: 3, column: column)
        }
        if let mend = problem.mend {
            layout.field("mend", DiagnosisTerms.mend(mend, report.guest), indent: 3, column: column)
            if let command = DiagnosisTerms.command(problem, report) {
                layout.field("", command, indent: 3, column: column)
            }
        } else if let remedy = consequence.fact.remedy {
            layout.field("help", remedy.description, indent: 3, column: column)
        }
    }
}

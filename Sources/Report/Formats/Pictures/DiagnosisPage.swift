import BerthStack
import BerthLogs
import BerthPCI
import BerthBoot
import BerthDiagnostics
import BerthPlacement
import BerthTopology

/// A diagnosis as a page: what is lost and what mends it, then the guest as it is.
package enum DiagnosisPage {
    package static func render(_ picture: DiagnosisPicture) -> String {
        let report = picture.report
        var page = Page(report.guest)
        page.verdict(DiagnosisTerms.verdict(report), tone(report))
        if case .shared(let shared) = report.answer { page.add(.tag("p", text: shared.advice)) }
        page.section("What is lost", report.problems.map { problem($0, report) })
        page.section("Worth knowing", PageParts.list(report.notes.map(VerdictText.words)))
        page.section("What QEMU prints about the IGD", PageParts.list(report.messages, "plain mono"))
        if let logs = report.logs { page.section("Logs", self.logs(logs)) }
        if !report.places.isEmpty {
            page.section(
                "Where the regions are",
                [PageParts.facts(report.places.map { ($0.region.name, DiagnosisTerms.place($0)) })])
        }
        if let guest = picture.guest { PageParts.guest(guest, &page) }
        return page.text(title: "diagnosis")
    }

    static func tone(_ report: DiagnosisReport) -> String {
        guard case .judged(let level) = report.answer else { return "" }
        return PictureTerms.tone(level)
    }

    private static func problem(_ problem: DiagnosisReport.Problem, _ report: DiagnosisReport) -> Markup {
        let consequence = problem.consequence
        var facts = [("you see", problem.symptom.seen), ("because", consequence.fact.statement.description)]
        if !consequence.source.isEmpty { facts.append(("source", consequence.source)) }
        facts += problem.evidence.map { ("log", "\($0.file):\($0.line) tells of the same [\($0.message)]") }
        if let mend = problem.mend {
            facts.append(("mend", DiagnosisTerms.mend(mend, report.guest)))
        } else if let remedy = consequence.fact.remedy {
            facts.append(("help", remedy.description))
        }
        let command =
            DiagnosisTerms.command(problem, report).map { [Markup.tag("p", [:], [.tag("code", text: $0)])] } ?? []
        return .tag(
            "div", ["class": "problem \(consequence.level.rawValue)"],
            [
                .tag("h3", text: "\(problem.symptom.rawValue) (\(consequence.level.rawValue))"),
                .tag("p", ["class": "quiet mono"], text: problem.id.rawValue), PageParts.facts(facts),
            ] + command)
    }

    private static func logs(_ logs: LogReport) -> [Markup] {
        PageParts.list(logs.files.map(LogTerms.file))
            + PageParts.list(
                logs.entries.map { entry in
                    "\(LogTerms.place(entry)): \(entry.message.meaning) [\(entry.message.id)]"
                })
    }
}

import BerthStack
import BerthLogs
import BerthPCI
import BerthBoot
import BerthDiagnostics
import BerthPlacement
import BerthTopology

/// A diagnosis as one drawing.
package enum DiagnosisSheet {
    package static func render(_ picture: DiagnosisPicture) -> String {
        let report = picture.report
        var sheet = Sheet(report.guest)
        sheet.paragraph(DiagnosisTerms.verdict(report), "strong \(DiagnosisPage.tone(report))")
        if case .shared(let shared) = report.answer { sheet.paragraph(shared.advice) }
        for (index, problem) in report.problems.enumerated() {
            sheet.paragraph(
                "\(index + 1). \(problem.symptom.rawValue): \(problem.consequence.fact.statement) [\(problem.id)]",
                PictureTerms.tone(problem.consequence.level))
            if let mend = problem.mend { sheet.paragraph("mend: \(DiagnosisTerms.mend(mend, report.guest))") }
        }
        if let guest = picture.guest { sheet.guest(guest) }
        return sheet.text(title: "\(report.guest.name): diagnosis")
    }
}

import BerthBoot
import BerthTopology
import BerthDiagnostics

/// A boot as one drawing.
package enum SimulationSheet {
    package static func render(_ picture: SimulationPicture) -> String {
        let report = picture.report
        var sheet = Sheet(report.guest)
        sheet.paragraph(PictureTerms.verdict(report), "strong")
        if let guest = picture.guest { sheet.guest(guest) }
        return sheet.text(title: "\(report.guest.name): what lies where")
    }
}

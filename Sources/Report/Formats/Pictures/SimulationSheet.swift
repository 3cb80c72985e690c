import BerthBoot
import BerthTopology
import BerthDiagnostics

/// A boot as one drawing.
package enum SimulationSheet {
    package static func render(_ picture: SimulationPicture) -> String {
        let report = picture.report
        var sheet = Sheet()
        sheet.heading(Clip.end(report.guest.name, to: 60))
        sheet.paragraph(Descriptions.guest(report.guest))
        if let igd = report.guest.igd { sheet.paragraph("IGD \(Descriptions.igd(igd))") }
        sheet.paragraph(PictureTerms.verdict(report), "strong")
        if let guest = picture.guest {
            sheet.maps([("Addresses", MapDrawing(guest.map))], guest.tree)
            sheet.timeline(guest.timeline)
            sheet.legend()
        }
        return sheet.text(title: "\(report.guest.name): what lies where")
    }
}

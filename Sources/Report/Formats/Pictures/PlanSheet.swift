import BerthBoot
import BerthTopology
import BerthDiagnostics
import BerthPlacement

/// A plan as one drawing: the map with other candidates over it, the tree, the timeline.
package enum PlanSheet {
    package static func render(_ picture: PlanPicture) -> String {
        let report = picture.report
        var sheet = Sheet(report.guest)
        if let plan = report.plan {
            sheet.paragraph(VerdictText.sentence(plan.verdict), PictureTerms.tone(plan.verdict.level))
            for row in plan.berths {
                sheet.paragraph("\(row.berth.region.name): \(Descriptions.berth(row.berth)), \(row.address)", "strong")
            }
        } else {
            sheet.paragraph(report.isProven ? PlanTerms.none : PlanTerms.notProven, "bad")
        }
        if let guest = picture.guest {
            sheet.maps(
                [("Addresses", MapDrawing(guest.map, ghosts: PictureTerms.ghosts(picture.choices)))], guest.tree)
        }
        if !picture.choices.isEmpty {
            sheet.subheading("Other strategies")
            for (index, choice) in picture.choices.enumerated() {
                sheet.paragraph(
                    "\(index + 1)  \(PictureTerms.choice(choice))", choice.candidate.isRejected ? "quiet" : "")
            }
        }
        if let guest = picture.guest { sheet.timeline(guest.timeline) }
        sheet.legend()
        return sheet.text(title: "\(report.guest.name): where stolen memory and the OpRegion lie")
    }
}

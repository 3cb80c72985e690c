import BerthStack
import BerthLogs
import BerthBoot
import BerthDiagnostics
import BerthPCI
import BerthPlacement
import BerthTopology

/// A boot as a page.
package enum SimulationPage {
    package static func render(_ picture: SimulationPicture) -> String {
        let report = picture.report
        var page = Page(report.guest)
        page.verdict(PictureTerms.verdict(report), report.outcome.firmware.halted == nil ? "" : "bad")
        if let guest = picture.guest { PageParts.guest(guest, &page) }
        if let budget = report.budget { page.section("Budget", [self.budget(budget)]) }
        return page.text(title: "what lies where")
    }

    private static func budget(_ budget: Budget) -> Markup {
        let head = ["space", "size", "used", "largest free block"].map { Markup.tag("th", ["scope": "col"], text: $0) }
        let rows = budget.spaces.map { space in
            Markup.tag(
                "tr", [:],
                [space.name, space.size.short, space.used.short, space.largestFree?.short ?? "full"].map {
                    .tag("td", text: $0)
                })
        }
        return .tag(
            "div", ["class": "scroll", "tabindex": "0", "role": "region", "aria-label": "Budget"],
            [.tag("table", [:], [.tag("thead", [:], [.tag("tr", [:], head)]), .tag("tbody", [:], rows)])])
    }
}

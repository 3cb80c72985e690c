import BerthTopology

/// A rehearsal as a page: the map as predicted beside the real one, and every fact.
package enum RehearsalPage {
    package static func render(_ report: RehearsalReport) -> String {
        var page = Page(report.guest)
        page.verdict(RehearsalText.verdict(report), report.agrees ? "good" : "bad")
        page.section("What ran", PageParts.list(releases(report)))
        page.section("What stands for what", PageParts.list(report.staged.map(\.sentence)))
        if let maps = report.maps {
            page.section(
                "Addresses",
                [
                    PageParts.key(),
                    .tag(
                        "div", ["class": "maps"],
                        [
                            side("As predicted", PageParts.map(maps.predicted, caption: "Addresses as predicted")),
                            side("For real", PageParts.map(maps.real, caption: "Addresses for real")),
                        ]),
                ])
        }
        page.section("Facts", facts(report.rows))
        page.section("What the display's driver said", PageParts.list(report.driverMessages))
        return page.text(title: "predicted and rehearsed")
    }

    private static func side(_ heading: String, _ map: Markup) -> Markup {
        .tag("div", [:], [.tag("h3", text: heading), map])
    }

    static func releases(_ report: RehearsalReport) -> [String] {
        report.releases.map { release in
            let ran = release.ran.map { "\(release.product) \($0)" } ?? "\(release.product), which says no release"
            return release.agrees ? ran : "\(ran), and the prediction is for \(release.predicted)"
        }
    }

    /// Those that differ first.
    private static func facts(_ rows: [RehearsalRow]) -> [Markup] {
        guard !rows.isEmpty else { return [] }
        let ordered = rows.filter { !$0.agrees } + rows.filter(\.agrees)
        let body = ordered.map { row in
            Markup.tag(
                "tr",
                [
                    "class": row.agrees ? "rejected" : "",
                    "data-words": "\(row.kind.rawValue) \(row.place) \(row.agrees ? "as predicted" : "differs")",
                ],
                [
                    .tag("td", ["class": row.agrees ? "good" : "bad"], text: row.agrees ? "as predicted" : "differs"),
                    .tag("td", text: row.kind.rawValue), .tag("td", text: row.place),
                    .tag("td", ["class": "mono"], text: row.predicted ?? "nothing"),
                    .tag("td", ["class": "mono"], text: row.observed ?? "nothing"),
                ])
        }
        let head = ["", "fact", "where", "predicted", "real"].map { Markup.tag("th", ["scope": "col"], text: $0) }
        return [
            PageParts.filters([("hide-rejected", "hide what is as predicted")], placeholder: "fact or place"),
            .tag(
                "div", ["class": "scroll", "tabindex": "0", "role": "region", "aria-label": "Facts"],
                [.tag("table", [:], [.tag("thead", [:], [.tag("tr", [:], head)]), .tag("tbody", [:], body)])]),
        ]
    }
}

/// A rehearsal as one drawing: both maps, and what differs.
package enum RehearsalSheet {
    package static func render(_ report: RehearsalReport) -> String {
        var sheet = Sheet(report.guest)
        sheet.paragraph(RehearsalText.verdict(report), "strong")
        for line in RehearsalPage.releases(report) { sheet.paragraph(line, "quiet") }
        if let maps = report.maps {
            sheet.maps(
                [("As predicted", MapDrawing(maps.predicted)), ("For real", MapDrawing(maps.real))], nil)
        }
        let wrong = report.rows.filter { !$0.agrees }
        if !wrong.isEmpty {
            sheet.subheading("What differs")
            sheet.table(
                ["", "predicted", "real"],
                wrong.map { row in
                    [
                        ("\(row.kind.rawValue) \(row.place)", ""), (row.predicted ?? "nothing", ""),
                        (row.observed ?? "nothing", "bad"),
                    ]
                })
        }
        return sheet.text(title: "\(report.guest.name): predicted and rehearsed")
    }
}

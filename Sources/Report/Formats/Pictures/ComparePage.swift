import BerthStack
import BerthLogs
import BerthPCI
import BerthBoot
import BerthDiagnostics
import BerthPlacement
import BerthTopology

/// A comparison as a page: a table that can be filtered, whose strategies show what the guest's addresses would be.
package enum ComparePage {
    package static func render(_ picture: ComparisonPicture) -> String {
        let report = picture.report
        var page = Page(report.guest)
        page.verdict(
            "As configured: \(VerdictText.sentence(report.configured))", PictureTerms.tone(report.configured.level))
        if let room = ComparisonTerms.room(report) { page.add(.tag("p", text: room)) }
        var notes = Footnotes()
        var tables: [Markup] = []
        var panels: [Markup] = []
        for region in Region.allCases {
            tables += table(region, picture, &notes, &page, &panels)
        }
        let shown: Markup = .tag(
            "div", ["class": "shown", "id": "map"],
            [.tag("p", ["class": "quiet"], text: hint), PageParts.key()] + panels)
        page.section(
            "Strategies",
            [
                filters,
                .tag(
                    "div", ["class": "compared"],
                    [
                        .tag(
                            "div", ["class": "tables", "tabindex": "0", "role": "region", "aria-label": "Verdicts"],
                            tables)
                    ] + (panels.isEmpty ? [] : [shown])),
            ])
        page.section("Reasons", reasons(notes.notes))
        if let guest = picture.guest { page.section("PCI tree", [PageParts.tree(guest.tree)]) }
        return page.text(title: "strategies compared")
    }

    private static let hint = "Of the strategy that is chosen in the table, under the guest's own firmware and OS."

    private static var filters: Markup {
        PageParts.filters(
            [("own", "own firmware and OS only"), ("hide-fails", "hide what fails there")],
            placeholder: "name or verdict", then: [.tag("a", ["href": "#map"], text: "to the map of what is chosen")])
    }

    private static func table(
        _ region: Region, _ picture: ComparisonPicture, _ notes: inout Footnotes, _ page: inout Page,
        _ panels: inout [Markup]
    ) -> [Markup] {
        let report = picture.report
        let choices = picture.choices.filter { $0.row.region == region }
        guard !choices.isEmpty else { return [] }
        var head: [Markup] = [.tag("th", ["scope": "col", "role": "columnheader"], text: "strategy")]
        head += report.columns.map { column in
            .tag(
                "th", ["scope": "col", "role": "columnheader", "class": column.isOwn ? "own" : "other"],
                text: "\(column.firmware), \(column.system)\(column.isOwn ? " (own)" : "")")
        }
        var rows: [Markup] = []
        for choice in choices {
            let number = choice.map.map { _ in page.choice() }
            rows.append(row(choice, number, isFirst: panels.isEmpty && number != nil, report.columns, &notes))
            if let number, let map = choice.map { panels.append(panel(number, choice, page.map(map))) }
        }
        return [
            .tag("h3", text: region.name),
            .tag(
                "table", ["class": "matrix", "role": "table", "aria-label": "Strategies for \(region.name)"],
                [
                    .tag("thead", ["role": "rowgroup"], [.tag("tr", ["role": "row"], head)]),
                    .tag("tbody", ["role": "rowgroup"], rows),
                ]),
        ]
    }

    private static func row(
        _ choice: ComparisonPicture.Choice, _ number: Int?, isFirst: Bool, _ columns: [ComparisonReport.Column],
        _ notes: inout Footnotes
    ) -> Markup {
        let row = choice.row
        var name: [Markup] = [.text(row.strategy.rawValue)]
        if let number {
            name = [
                .tag(
                    "label", ["for": "choice-\(number)"],
                    [PageParts.radio(number, isChecked: isFirst), .tag("span", text: row.strategy.rawValue)])
            ]
        }
        var words = row.strategy.rawValue
        var cells: [Markup] = [.tag("th", ["scope": "row", "role": "rowheader"], name)]
        for (cell, column) in zip(row.cells, columns) {
            let label = "\(column.firmware), \(column.system)"
            let level = cell?.verdict.level.rawValue
            words += " \(level ?? "none")"
            let facts = cell.map { "\(label): \(VerdictText.sentence($0.verdict))" }
            cells.append(
                Markup.tag(
                    "td", ["role": "cell", "class": column.isOwn ? "own" : "other", "data-label": label],
                    text: notes.cell(cell)
                ).with("data-level", level).with("title", facts))
        }
        let fails = choice.cell.map { $0.verdict.level == .fails } ?? true
        return .tag("tr", ["role": "row", "class": fails ? "own-fails" : "", "data-words": words], cells)
    }

    private static func panel(_ number: Int, _ choice: ComparisonPicture.Choice, _ map: Markup) -> Markup {
        var facts: [Markup] = [.tag("h3", text: "\(choice.row.region.name): \(choice.row.strategy)")]
        if let cell = choice.cell {
            let traits = cell.traits
            facts.append(
                .tag(
                    "p", ["class": PictureTerms.tone(cell.verdict.level)], text: VerdictText.sentence(cell.verdict)))
            facts.append(
                PageParts.facts([
                    ("place", Descriptions.carrier(cell.berth)), ("address", traits.address.description),
                    ("who must change", ComparisonTerms.parties(traits).joined(separator: ", ")),
                    ("gone", ComparisonTerms.exposure(traits.exposure?.level)),
                    ("takes of the hole", "\(traits.holeConsumed)"),
                    ("hot-plug", "\(traits.hotPlug.answer.rawValue): \(traits.hotPlug.reason)"),
                    ("guest writes", ComparisonTerms.writes(traits.writability)),
                ]))
            facts += PageParts.list(cell.verdict.consequences.map(VerdictText.words))
        }
        return PageParts.panel(number, map, facts)
    }

    private static func reasons(_ notes: [Consequence]) -> [Markup] {
        guard !notes.isEmpty else { return [] }
        let items = notes.map { note in
            Markup.tag(
                "li", [:],
                [.text(VerdictText.words(note))]
                    + (note.fact.remedy.map { [.text("; would help: \($0)")] } ?? [])
                    + (note.source.isEmpty ? [] : [.tag("span", ["class": "quiet"], text: " (\(note.source))")]))
        }
        return [.tag("ol", [:], items)]
    }
}

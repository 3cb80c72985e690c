import BerthPCI

/// A comparison as Markdown tables, with everything that the JSON has of the verdicts and traits.
package enum CompareMarkdown {
    package static func render(_ document: CompareDocument) -> String {
        var text = "# \(Markdown.escaped(document.name))\n\n"
        text += "\(document.machine), QEMU \(document.qemu), IGD \(document.device)"
        text += document.platform.map { " (\($0), \(document.generation ?? ""))" } ?? ""
        text += "\n"
        var notes = Footnotes()
        text += "\n## guest\n\nAs configured, with nothing planned or added: \(notes.verdict(document.configured)).\n\n"
        text += Markdown.table(
            ["firmware", "OS", "whatever the berth", "all that is known before boot"],
            document.columns.map { column in
                [
                    column.firmware, column.guest, notes.column(column),
                    column.consequences.map(Footnotes.sentence).joined(separator: "; "),
                ]
            })
        for region in CompareText.regions(document) {
            let rows = document.rows.filter { $0.region == region }
            text += "\n## \(region)\n\n"
            text += Markdown.table(
                ["strategy"] + document.columns.map { "\($0.firmware), \($0.guest)\($0.isOwn ? " (own)" : "")" },
                rows.map { row in [row.strategy] + row.cells.map { notes.cell($0) } })
            for (index, column) in document.columns.enumerated() {
                text += "\n### \(region): \(column.firmware), \(column.guest)\n\n"
                text += Markdown.table(
                    [
                        "strategy", "place", "emitted", "who must change", "in e820", "address", "exposure", "hole",
                        "hot-plug", "guest writes", "missing",
                    ],
                    rows.compactMap { row in row.cells[index].map { traits(row.strategy, $0) } })
            }
        }
        if !notes.notes.isEmpty { text += "\n## Reasons\n\n" }
        for (index, note) in notes.notes.enumerated() {
            text += "\(index + 1). \(Markdown.escaped(Footnotes.sentence(note)))"
            text += note.remedy.map { "; would help: \(Markdown.escaped($0))" } ?? ""
            text += " (\(Markdown.escaped(note.source)))\n"
        }
        return text
    }

    private static func traits(_ strategy: String, _ cell: CompareDocument.Cell) -> [String] {
        [
            strategy, cell.place, cell.canBeEmitted ? "yes" : "no", cell.mustChange.joined(separator: ", "),
            cell.isReservedInE820 ? "yes" : "no", cell.addressText, cell.exposure ?? "-",
            ByteCount(cell.holeConsumed).description, "\(cell.hotPlug): \(cell.hotPlugReason)", cell.writable,
            cell.missing ?? "",
        ]
    }
}

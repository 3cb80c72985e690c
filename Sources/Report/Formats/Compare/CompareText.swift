import BerthPCI

/// A comparison for people: verdicts by firmware and guest OS, then what each berth costs, then the reasons.
package enum CompareText {
    package static func render(_ document: CompareDocument) -> String {
        var layout = TextLayout()
        layout.line("\(document.name): \(document.machine), QEMU \(document.qemu)")
        layout.line("IGD \(document.device)\(document.platform.map { " (\($0), \(document.generation ?? ""))" } ?? "")")
        layout.line("firmware \(firmwares(document).joined(separator: ", "))")
        var notes = Footnotes()
        layout.line("as configured, nothing planned: \(notes.verdict(document.configured))")
        guest(document, &notes, &layout)
        for region in regions(document) {
            let rows = document.rows.filter { $0.region == region }
            verdicts(region, rows, document, &notes, &layout)
            traits(region, rows, document, &layout)
        }
        footnotes(notes, &layout)
        return layout.text
    }

    private static func firmwares(_ document: CompareDocument) -> [String] {
        var seen: [String] = []
        for column in document.columns where !seen.contains(column.firmware) { seen.append(column.firmware) }
        return seen
    }

    static func regions(_ document: CompareDocument) -> [String] {
        var seen: [String] = []
        for row in document.rows where !seen.contains(row.region) { seen.append(row.region) }
        return seen
    }

    /// One row: what no berth changes.
    private static func guest(_ document: CompareDocument, _ notes: inout Footnotes, _ layout: inout TextLayout) {
        let row = CompareDocument.Row(region: "", strategy: "whatever the berth", cells: [])
        let marks = [document.columns.map { notes.column($0) }]
        for block in blocks(document, fitting: { lines("guest", [row], marks, $0, document) }) {
            layout.blank()
            for line in lines("guest", [row], marks, block, document) { layout.verbatim(line) }
        }
    }

    private static func verdicts(
        _ region: String, _ rows: [CompareDocument.Row], _ document: CompareDocument, _ notes: inout Footnotes,
        _ layout: inout TextLayout
    ) {
        let marks = rows.map { row in row.cells.map { notes.cell($0) } }
        for block in blocks(document, fitting: { lines(region, rows, marks, $0, document) }) {
            layout.blank()
            for line in lines(region, rows, marks, block, document) { layout.verbatim(line) }
        }
    }

    private static func lines(
        _ region: String, _ rows: [CompareDocument.Row], _ marks: [[String]], _ block: [Int],
        _ document: CompareDocument
    ) -> [String] {
        var table = TextTable()
        table.add([region] + firmwareNames(block, document))
        table.add([""] + block.map { document.columns[$0].guest + (document.columns[$0].isOwn ? " *" : "") })
        for (row, marks) in zip(rows, marks) { table.add([row.strategy] + block.map { marks[$0] }) }
        return table.lines()
    }

    /// As many columns side by side as the page is wide: all, those of one firmware, or one.
    private static func blocks(_ document: CompareDocument, fitting lines: ([Int]) -> [String]) -> [[Int]] {
        let all = Array(document.columns.indices)
        var byFirmware: [[Int]] = []
        for index in all {
            if let last = byFirmware.last?.last, document.columns[last].firmware == document.columns[index].firmware {
                byFirmware[byFirmware.count - 1].append(index)
            } else {
                byFirmware.append([index])
            }
        }
        for blocks in [[all], byFirmware]
        where blocks.allSatisfy({ lines($0).allSatisfy { $0.count <= TextLayout.width } }) {
            return blocks
        }
        return all.map { [$0] }
    }

    /// Each firmware once, above its first column; its version is in the first lines.
    private static func firmwareNames(_ block: [Int], _ document: CompareDocument) -> [String] {
        block.enumerated().map { position, index in
            let name = document.columns[index].firmware
            let isRepeated = position > 0 && document.columns[block[position - 1]].firmware == name
            return isRepeated ? "" : String(name.prefix { $0 != ":" })
        }
    }

    private static func traits(
        _ region: String, _ rows: [CompareDocument.Row], _ document: CompareDocument, _ layout: inout TextLayout
    ) {
        guard let own = document.columns.firstIndex(where: \.isOwn) else { return }
        var table = TextTable()
        table.add(["\(region) *", "emit", "changes", "e820", "address", "exposure", "hole", "hot-plug", "writes"])
        for row in rows {
            guard let cell = row.cells[own] else { continue }
            table.add(
                [
                    row.strategy, cell.canBeEmitted ? "yes" : "no", cell.mustChange.joined(separator: "+"),
                    cell.isReservedInE820 ? "yes" : "no", CompareTerms.address(cell), CompareTerms.exposure(cell),
                    cell.holeConsumed == 0 ? "-" : ByteCount(cell.holeConsumed).description,
                    cell.hotPlug, CompareTerms.writes(cell),
                ])
        }
        layout.blank()
        for line in table.lines() { layout.verbatim(line) }
    }

    private static func footnotes(_ notes: Footnotes, _ layout: inout TextLayout) {
        layout.blank()
        layout.line("* the guest's own firmware and OS; rows in the order in which plans would stand there")
        layout.line(
            "hot-plug: 'carrier' can be plugged into the running guest while the IGD cannot; 'yes', the IGD can")
        for (index, note) in notes.notes.enumerated() {
            let mark = "[\(index + 1)]"
            layout.field(mark, Footnotes.sentence(note), indent: 0, column: 5)
            layout.line("source: \(note.source)", indent: 5)
        }
    }
}

/// Short words for narrow columns.
enum CompareTerms {
    static func address(_ cell: CompareDocument.Cell) -> String {
        if cell.address != nil { return cell.addressText }
        return cell.addressText == "none" ? "none" : cell.addressText.hasPrefix("below") ? "in RAM" : "QEMU's"
    }

    static func writes(_ cell: CompareDocument.Cell) -> String {
        cell.writable == "the host's" ? "host's" : cell.writable
    }

    static func exposure(_ cell: CompareDocument.Cell) -> String {
        switch cell.exposure {
        case nil: "-"
        case "only before the driver loads": "early"
        case "transient while in use": "in use"
        case let name?: name
        }
    }
}

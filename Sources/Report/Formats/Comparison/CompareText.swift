import BerthBoot
import BerthPCI
import BerthPlacement
import BerthStack
import BerthTopology

/// A comparison for people: verdicts by firmware and guest OS, then what each berth costs, then the reasons; or the guest's own
/// firmware and OS on one screen, as far as the report goes.
package enum CompareText {
    package static func render(_ report: ComparisonReport) -> String {
        var layout = TextLayout()
        let guest = report.guest
        layout.line("\(guest.name): \(guest.machine.name), QEMU \(guest.qemu)")
        if let igd = guest.igd { layout.line("IGD \(Descriptions.identity(igd))\(Descriptions.platform(igd))") }
        switch report.detail {
        case .brief: BriefCompareText.render(report, &layout)
        case .all: all(report, &layout)
        }
        return layout.text
    }

    private static func all(_ report: ComparisonReport, _ layout: inout TextLayout) {
        layout.line("firmware \(firmwares(report).map(\.description).joined(separator: ", "))")
        var notes = Footnotes()
        layout.line("as configured, nothing planned: \(notes.all(report.configured))")
        ComparisonTerms.room(report).map { layout.line($0) }
        // One row: what no berth changes.
        table(
            "guest", ["whatever the berth"], [report.columns.map { notes.deciding($0.verdict) }], report, &layout)
        for region in Region.allCases {
            let rows = report.rows(of: region)
            guard !rows.isEmpty else { continue }
            let marks = rows.map { row in row.cells.map { notes.cell($0) } }
            table(region.rawValue, rows.map(\.strategy.rawValue), marks, report, &layout)
            traits(region, rows, report, &layout)
        }
        footnotes(notes, &layout)
    }

    private static func firmwares(_ report: ComparisonReport) -> [FirmwareChoice] {
        var seen: [FirmwareChoice] = []
        for column in report.columns where !seen.contains(column.firmware) { seen.append(column.firmware) }
        return seen
    }

    private static func table(
        _ title: String, _ names: [String], _ marks: [[String]], _ report: ComparisonReport,
        _ layout: inout TextLayout
    ) {
        for block in blocks(report, fitting: { lines(title, names, marks, $0, report) }) {
            layout.blank()
            for line in lines(title, names, marks, block, report) { layout.verbatim(line) }
        }
    }

    private static func lines(
        _ title: String, _ names: [String], _ marks: [[String]], _ block: [Int], _ report: ComparisonReport
    ) -> [String] {
        var table = TextTable()
        table.add([title] + firmwareNames(block, report))
        table.add([""] + block.map { "\(report.columns[$0].system)" + (report.columns[$0].isOwn ? " *" : "") })
        for (name, marks) in zip(names, marks) { table.add([name] + block.map { marks[$0] }) }
        return table.lines()
    }

    /// As many columns side by side as the page is wide: all, those of one firmware, or one.
    private static func blocks(_ report: ComparisonReport, fitting lines: ([Int]) -> [String]) -> [[Int]] {
        let all = Array(report.columns.indices)
        var byFirmware: [[Int]] = []
        for index in all {
            if let last = byFirmware.last?.last, report.columns[last].firmware == report.columns[index].firmware {
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
    private static func firmwareNames(_ block: [Int], _ report: ComparisonReport) -> [String] {
        block.enumerated().map { position, index in
            let firmware = report.columns[index].firmware
            let isRepeated = position > 0 && report.columns[block[position - 1]].firmware == firmware
            return isRepeated ? "" : firmware.kind.rawValue
        }
    }

    private static func traits(
        _ region: Region, _ rows: [ComparisonReport.Row], _ report: ComparisonReport, _ layout: inout TextLayout
    ) {
        guard let own = report.columns.firstIndex(where: \.isOwn) else { return }
        var table = TextTable()
        table.add(
            ["\(region.rawValue) *", "emit", "changes", "e820", "address", "exposure", "hole", "hot-plug", "writes"])
        for row in rows {
            guard let cell = row.cells[own] else { continue }
            let traits = cell.traits
            table.add(
                [
                    row.strategy.rawValue, cell.berth.missing.isEmpty ? "yes" : "no",
                    ComparisonTerms.parties(traits).joined(separator: "+"), traits.isReservedInE820 ? "yes" : "no",
                    ComparisonTerms.address(traits.address), ComparisonTerms.exposure(traits.exposure?.level),
                    traits.holeConsumed == .zero ? "-" : traits.holeConsumed.description,
                    traits.hotPlug.answer.rawValue, ComparisonTerms.writes(traits.writability),
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
            layout.field(mark, VerdictText.words(note), indent: 0, column: 5)
            layout.line("source: \(note.source)", indent: 5)
        }
    }
}

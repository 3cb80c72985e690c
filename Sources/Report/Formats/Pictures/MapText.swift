import BerthStack
import BerthLogs
import BerthPlacement
import BerthBoot
import BerthDiagnostics
import BerthPCI
import BerthTopology

/// The map of addresses for a terminal: a line each, low addresses first, with bars as long as sizes have bits.
package enum MapText {
    package static func render(_ picture: PlanPicture) -> String {
        var layout = TextLayout()
        layout.heading(picture.report.guest)
        let ghosts = PictureTerms.ghosts(picture.choices)
        if let guest = picture.guest { map(guest.map, ghosts, &layout) } else { none(&layout) }
        guard !picture.choices.isEmpty else { return layout.text }
        layout.blank()
        layout.line("Other strategies")
        for (index, choice) in picture.choices.enumerated() {
            layout.field("\(index + 1)", PictureTerms.choice(choice), column: 4)
        }
        return layout.text
    }

    package static func render(_ picture: SimulationPicture) -> String {
        var layout = TextLayout()
        layout.heading(picture.report.guest)
        layout.line(PictureTerms.verdict(picture.report))
        if let guest = picture.guest { map(guest.map, [], &layout) }
        return layout.text
    }

    package static func render(_ picture: DiagnosisPicture) -> String {
        var layout = TextLayout()
        layout.heading(picture.report.guest)
        layout.line(DiagnosisTerms.verdict(picture.report))
        if let guest = picture.guest { map(guest.map, [], &layout) } else { none(&layout) }
        return layout.text
    }

    private static func none(_ layout: inout TextLayout) {
        layout.line("No map: the guest does not get as far as addresses.")
    }

    private static func map(_ map: AddressMap, _ ghosts: [MapDrawing.Ghost], _ layout: inout TextLayout) {
        layout.blank()
        let rows = map.rows
        for row in rows {
            // A heading has its candidates on the lines in it.
            let here = row.isHeading ? [] : ghosts.filter { row.range?.contains($0.range.start) ?? false }
            layout.verbatim(line(row, here.map { "\($0.number)" }))
        }
        layout.blank()
        layout.line("= RAM   - reserved   : hole or window   # BAR   @ stolen memory   * OpRegion   . nothing")
    }

    /// ` 256 MiB  ##############       0xe0000000-0xefffffff  BAR 2 of igd`
    private static func line(_ row: MapRow, _ numbers: [String]) -> String {
        let size = pad(row.size?.short ?? "", to: 10, isRight: true)
        let indent = String(repeating: " ", count: min(row.depth, 3))
        let bits = UInt64.bitWidth - (row.size?.rawValue ?? 1).leadingZeroBitCount
        let bar = indent + String(repeating: mark(row), count: min(15, max(1, (bits - 8) / 2)))
        let marks = numbers.isEmpty ? "" : "  <- \(numbers.joined(separator: ","))"
        let start = "\(size)  \(pad(bar, to: 18))  \(pad(row.place, to: 28))"
        let room = max(8, TextLayout.width - start.count - 1)
        let words = Clip.end(marks, to: room / 2)
        return trimmed("\(start) \(Clip.end(indent + row.name, to: room - words.count))\(words)")
    }

    private static func mark(_ row: MapRow) -> Character {
        switch row.kind {
        case .entry(.ram): "="
        case .entry(.reserved): "-"
        case .entry(.aperture), .entry(.window): ":"
        case .entry(.bar), .entry(.graphicsBAR), .entry(.rom), .group: "#"
        case .entry(.region(.stolenMemory)): "@"
        case .entry(.region(.opRegion)): "*"
        case .floating(let floating): floating.region == .stolenMemory ? "@" : "*"
        case .gap: "."
        }
    }

    private static func pad(_ text: String, to count: Int, isRight: Bool = false) -> String {
        let space = String(repeating: " ", count: max(0, count - text.count))
        return isRight ? space + text : text + space
    }

    private static func trimmed(_ line: String) -> String {
        line.last == " " ? trimmed(String(line.dropLast())) : line
    }
}

import BerthPCI
import BerthTopology

/// A map of addresses, low ones on top. On the left each stretch of the address space to scale; beside it what lies there, large
/// enough to read and broken where nothing does; on the right, other candidates at their addresses.
struct MapDrawing {
    /// What else could have been: drawn over the map with its number.
    struct Ghost {
        var number: Int
        var range: GuestRange
        var isPossible: Bool
        var facts: String
        /// The number of the choice on a page that shows it.
        var choice: Int?
    }

    static let width = 376.0
    private static let strip = 26.0
    private static let boxStart = 50.0
    private static let boxEnd = 134.0
    private static let letters = 6.95
    /// Of outlines of candidates.
    private static let columnWidth = 23.0
    private static let mostColumns = 3

    private let rows: [MapRow]
    private let tops: [Double]
    private var outlines: [Outline] = []
    let height: Double

    init(_ map: AddressMap, ghosts: [Ghost] = []) {
        rows = map.rows
        var tops: [Double] = []
        var y = 1.0
        for (index, row) in rows.enumerated() {
            // Some room before another stretch of the address space.
            if index > 0, row.depth == 0 { y += 7 }
            tops.append(y)
            y += Self.height(row)
        }
        height = y + 2
        self.tops = tops
        place(ghosts)
    }

    /// At the place `x`, `y` of a larger drawing.
    func draw() -> [Markup] {
        let stretches = self.stretches
        var shapes = stretches.flatMap(callouts)
        shapes += stretches.flatMap(toScale)
        for index in rows.indices { shapes.append(line(index, at: tops[index])) }
        shapes += outlines.map(draw)
        return shapes
    }

    /// The same, with lines that other drawings of the page have, too.
    func draw(_ shared: inout SharedShapes) -> [Markup] {
        let stretches = self.stretches
        var shapes = ShapesTogether.joined(stretches.flatMap(callouts))
        shapes += ShapesTogether.joined(stretches.flatMap(toScale))
        for index in rows.indices { shapes.append(shared.use(line(index, at: 0), at: tops[index])) }
        return shapes + outlines.map(draw)
    }

    private var textStart: Double {
        Self.boxEnd + 8 + Double((outlines.map(\.column).max() ?? -1) + 1) * Self.columnWidth
    }

    // MARK: Lines

    private static func height(_ row: MapRow) -> Double {
        switch row.kind {
        case .gap: return 24
        case .group, .floating: return 34
        case .entry:
            guard !row.isHeading else { return 32 }
            let bits = UInt64.bitWidth - (row.range?.size.rawValue ?? 1).leadingZeroBitCount
            return 31 + Double(max(0, bits - 13)) * 1.4
        }
    }

    private func line(_ index: Int, at top: Double) -> Markup {
        let (row, height) = (rows[index], Self.height(rows[index]))
        let left = Self.boxStart + Double(min(row.depth, 4)) * 7
        let width = Self.boxEnd - left
        var shapes: [Markup] = [.tag("title", text: tooltip(row))]
        let box = { (name: String, height: Double) -> Markup in
            .tag(
                "rect",
                [
                    "class": name, "x": Length.pixels(left), "y": Length.pixels(top), "width": Length.pixels(width),
                    "height": Length.pixels(height),
                ])
        }
        switch row.kind {
        case .entry(let kind):
            shapes.append(
                box("\(Palette.fill(kind)) edge", row.isHeading ? Self.height(through: index, rows, tops) : height))
        case .floating(let floating): shapes.append(box("\(Palette.fill(.region(floating.region))) dashed", height))
        case .group: shapes.append(box("bar edge", height))
        case .gap:
            shapes.append(box("void", height))
            shapes.append(breakMark(left + width / 2, top + height / 2))
        }
        if let size = row.size, !isGap(row) {
            shapes.append(
                .tag(
                    "text",
                    [
                        "class": "small middle", "x": Length.pixels(left + width / 2),
                        "y": Length.pixels(top + (row.isHeading ? 19 : height / 2 + 4)),
                    ], text: size.short))
        }
        shapes += words(row, top, height)
        return .tag("g", [:], shapes)
    }

    private func words(_ row: MapRow, _ top: Double, _ height: Double) -> [Markup] {
        let room = Int((Self.width - textStart) / Self.letters)
        let text = { (name: String, y: Double, content: String) -> Markup in
            .tag("text", ["class": name, "x": Length.pixels(self.textStart), "y": Length.pixels(y)], text: content)
        }
        if isGap(row) {
            return [text("small quiet", top + height / 2 + 4, "\(row.name), \(row.size?.short ?? "")")]
        }
        let middle = row.isHeading ? top + 16 : top + height / 2
        let name: String
        if case .entry(let kind) = row.kind, kind.isNotable { name = "mono strong" } else { name = "mono" }
        return [
            text(name, middle - 3, Clip.end(row.name, to: room)),
            // Whole addresses only: the ends of a long range follow from its size.
            text("mono small quiet", middle + 11, row.place.count <= room + 2 ? row.place : row.start),
        ]
    }

    private func isGap(_ row: MapRow) -> Bool { if case .gap = row.kind { true } else { false } }

    private func tooltip(_ row: MapRow) -> String {
        let size = row.size.map { ", \($0)" } ?? ""
        return "\(row.name): \(row.place)\(size)\(row.facts.isEmpty ? "" : "\n\(row.facts)")"
    }

    /// Of a heading with everything in it.
    private static func height(through index: Int, _ rows: [MapRow], _ tops: [Double]) -> Double {
        let end = rows[(index + 1)...].firstIndex { $0.depth <= rows[index].depth } ?? rows.count
        guard end > index + 1 else { return height(rows[index]) }
        return tops[end - 1] + height(rows[end - 1]) - tops[index]
    }

    private func breakMark(_ x: Double, _ y: Double) -> Markup {
        let points = (0..<7).map { step in
            "\(Length.pixels(x - 21 + Double(step) * 7)) \(Length.pixels(y + (step.isMultiple(of: 2) ? 3 : -3)))"
        }
        return .tag("path", ["class": "wire", "d": "M" + points.joined(separator: "L")])
    }

    // MARK: To scale

    /// Part of the address space that is drawn to scale, with the lines that tell of it.
    private struct Stretch {
        var range: GuestRange
        var lines: [Int]
        var top: Double
        var bottom: Double

        func place(_ address: UInt64) -> Double {
            let part = Double(address - range.start.rawValue) / Double(range.size.rawValue)
            return top + part * (bottom - top)
        }
    }

    /// Below 4 GiB together; above, each range by itself.
    private var stretches: [Stretch] {
        var stretches: [Stretch] = []
        for index in rows.indices where rows[index].depth == 0 {
            guard let range = rows[index].range, !isGap(rows[index]) || range.start < .fourGiB else { continue }
            let end = rows[(index + 1)...].firstIndex { $0.depth == 0 } ?? rows.count
            let lines = (index..<end).filter { rows[$0].range != nil && !rows[$0].isHeading }
            let bottom = (index..<end).map { tops[$0] + Self.height(rows[$0]) }.max() ?? 0
            if let last = stretches.last, range.start < .fourGiB, range.last < .fourGiB,
                let joined = GuestRange(first: last.range.start, last: max(last.range.last, range.last))
            {
                stretches[stretches.count - 1] = Stretch(
                    range: joined, lines: last.lines + lines, top: last.top, bottom: bottom)
            } else {
                stretches.append(Stretch(range: range, lines: lines, top: tops[index], bottom: bottom))
            }
        }
        return stretches
    }

    private func toScale(_ stretch: Stretch) -> [Markup] {
        let base = Markup.tag(
            "rect",
            [
                "class": "page edge", "x": "0.5", "y": Length.pixels(stretch.top), "width": Length.pixels(Self.strip),
                "height": Length.pixels(stretch.bottom - stretch.top),
            ], [.tag("title", text: "\(stretch.range) to scale")])
        return [base]
            + stretch.lines.compactMap { index -> Markup? in
                guard let range = rows[index].range, let name = fill(rows[index]) else { return nil }
                let (top, bottom) = ends(range, stretch)
                return .tag(
                    "rect",
                    [
                        "class": name, "x": "1", "y": Length.pixels(top), "width": Length.pixels(Self.strip - 1),
                        "height": Length.pixels(max(1, bottom - top)),
                    ])
            }
    }

    /// From the range to scale to its line.
    private func callouts(_ stretch: Stretch) -> [Markup] {
        stretch.lines.compactMap { index in
            guard let range = rows[index].range, fill(rows[index]) != nil else { return nil }
            let (top, bottom) = ends(range, stretch)
            let left = Self.boxStart + Double(min(rows[index].depth, 4)) * 7
            let points = [
                (Self.strip + 1, top), (left, tops[index] + 1), (left, tops[index] + Self.height(rows[index]) - 1),
                (Self.strip + 1, max(bottom, top + 1)),
            ]
            return .tag(
                "polygon",
                [
                    "class": "call",
                    "points": points.map { "\(Length.pixels($0)),\(Length.pixels($1))" }.joined(separator: " "),
                ])
        }
    }

    private func ends(_ range: GuestRange, _ stretch: Stretch) -> (top: Double, bottom: Double) {
        let first = max(range.start, stretch.range.start).rawValue
        let last = min(range.last, stretch.range.last).rawValue
        return (stretch.place(min(first, last)), stretch.place(last))
    }

    private func fill(_ row: MapRow) -> String? {
        switch row.kind {
        case .entry(let kind): Palette.fill(kind)
        case .group: "bar"
        case .gap, .floating: nil
        }
    }

    // MARK: Candidates

    /// Candidates that would lie at the same place, as one outline.
    private struct Outline {
        var ghosts: [Ghost]
        var top: Double
        var bottom: Double
        var column: Int

        var isPossible: Bool { ghosts.contains(where: \.isPossible) }
        /// `3`, `3…` for several.
        var label: String { "\(ghosts.first?.number ?? 0)\(ghosts.count > 1 ? "…" : "")" }
    }

    /// Beside each other where they would overlap; what finds no column goes into the outline that is last.
    private mutating func place(_ ghosts: [Ghost]) {
        let groups = Dictionary(grouping: ghosts, by: \.range).values.compactMap { group -> Outline? in
            guard let range = group.first?.range, let top = place(range.start.rawValue),
                let bottom = place(range.last.rawValue)
            else { return nil }
            let middle = (top + bottom) / 2
            let half = max(8, (bottom - top) / 2)
            return Outline(
                ghosts: group.sorted { $0.number < $1.number }, top: max(0, middle - half), bottom: middle + half,
                column: 0)
        }
        let order = { (outline: Outline) in (outline.top, outline.ghosts.first?.number ?? 0) }
        for var outline in groups.sorted(by: { order($0) < order($1) }) {
            let taken = Set(
                outlines.filter { $0.bottom + 2 > outline.top && $0.top < outline.bottom + 2 }.map(\.column))
            if let free = (0..<Self.mostColumns).first(where: { !taken.contains($0) }) {
                outline.column = free
                outlines.append(outline)
            } else if let last = outlines.indices.last {
                outlines[last].ghosts += outline.ghosts
                outlines[last].bottom = max(outlines[last].bottom, outline.bottom)
            }
        }
    }

    private func draw(_ outline: Outline) -> Markup {
        let x = Self.boxEnd + 5 + Double(outline.column) * Self.columnWidth
        let shape = Markup.tag(
            "rect",
            [
                "class": outline.isPossible ? "ghost possible" : "ghost", "x": Length.pixels(x),
                "y": Length.pixels(outline.top), "width": "20", "height": Length.pixels(outline.bottom - outline.top),
            ])
        let number = Markup.tag(
            "text",
            [
                "class": "tiny middle", "x": Length.pixels(x + 10),
                "y": Length.pixels((outline.top + outline.bottom) / 2 + 4),
            ], text: outline.label)
        let facts = outline.ghosts.map(\.facts).joined(separator: "\n")
        return .tag("g", [:], [.tag("title", text: facts), shape, number])
            .with("data-choice", outline.ghosts.first?.choice.map { "choice-\($0)" })
    }

    /// Where an address is among the lines.
    private func place(_ address: UInt64) -> Double? {
        var below: Double?
        for index in rows.indices {
            guard let range = rows[index].range, !rows[index].isHeading else { continue }
            if range.contains(GuestPhysicalAddress(address)) {
                let part = Double(address - range.start.rawValue) / Double(range.size.rawValue)
                return tops[index] + part * Self.height(rows[index])
            }
            if range.last.rawValue < address { below = tops[index] + Self.height(rows[index]) }
        }
        return below
    }
}

/// Text that has to fit.
enum Clip {
    /// Its start, and an ellipsis for the rest.
    static func end(_ text: String, to count: Int) -> String {
        text.count <= count ? text : text.prefix(max(0, count - 1)) + "…"
    }
}

extension ByteCount {
    /// `64 MiB`; where that has many digits, about so many of the largest unit: `≈ 16.9 MiB`.
    var short: String {
        let exact = description
        guard exact.count > 8 else { return exact }
        for (shift, name) in [(50, "PiB"), (40, "TiB"), (30, "GiB"), (20, "MiB"), (10, "KiB")]
        where rawValue >> UInt64(shift) > 0 {
            let tenths = ((rawValue >> UInt64(shift - 10)) * 10) >> 10
            return tenths.isMultiple(of: 10) ? "≈ \(tenths / 10) \(name)" : "≈ \(tenths / 10).\(tenths % 10) \(name)"
        }
        return exact
    }
}

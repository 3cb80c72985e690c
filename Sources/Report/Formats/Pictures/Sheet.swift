import BerthTopology
import BerthPCI

/// Pictures of guests on one sheet of SVG, which any browser and any drawing program opens.
struct Sheet {
    private static let width = 1040.0
    private static let margin = 20.0
    private var y = 20.0
    private var shapes: [Markup] = []

    /// With what is known of the guest at the top.
    init(_ guest: ReportedGuest) {
        line(Clip.end(guest.name, to: 60), "h1", 24)
        paragraph(Descriptions.guest(guest))
        if let igd = guest.igd { paragraph("IGD \(Descriptions.igd(igd))") }
    }

    mutating func subheading(_ text: String) {
        y += 12
        line(text, "h2", 20)
    }

    /// A paragraph, wrapped.
    mutating func paragraph(_ text: String, _ name: String = "") {
        for line in Wrap.lines(text, 150) { self.line(line, name, 17) }
    }

    private mutating func line(_ text: String, _ name: String, _ height: Double) {
        shapes.append(
            .tag(
                "text",
                ["class": name, "x": Length.pixels(Self.margin), "y": Length.pixels(y + height * 0.75)], text: text))
        y += height
    }

    /// Maps side by side, such as predicted and real, and the tree beside them.
    mutating func maps(_ maps: [(caption: String, drawing: MapDrawing)], _ tree: PictureTree?) {
        y += 12
        var x = Self.margin
        var bottom = y
        for map in maps {
            place(map.caption, map.drawing.draw(), x, &bottom, map.drawing.height)
            x += MapDrawing.width + 24
        }
        if let tree {
            let drawing = TreeDrawing(tree)
            place("PCI tree", drawing.draw(), x, &bottom, drawing.height)
        }
        y = bottom
    }

    private mutating func place(
        _ caption: String, _ drawing: [Markup], _ x: Double, _ bottom: inout Double, _ height: Double
    ) {
        shapes.append(
            .tag("text", ["class": "h2", "x": Length.pixels(x), "y": Length.pixels(y + 12)], text: caption))
        shapes.append(
            .tag("g", ["transform": "translate(\(Length.pixels(x)) \(Length.pixels(y + 24)))"], drawing))
        bottom = max(bottom, y + 24 + height)
    }

    /// The map, the tree and the timeline of one guest, and what they mean.
    mutating func guest(_ guest: GuestPicture) {
        maps([("Addresses", MapDrawing(guest.map))], guest.tree)
        timeline(guest.timeline)
        legend()
    }

    /// Columns of even width after a wide first one; each cell with the class of its colour.
    mutating func table(_ head: [String], _ rows: [[(text: String, tone: String)]]) {
        let first = 210.0
        let width = (Self.width - 2 * Self.margin - first) / Double(max(1, head.count - 1))
        let letters = Int(width / 5.8)
        let x = { (column: Int) in Self.margin + (column == 0 ? 0 : first + Double(column - 1) * width) }
        let cell = { (text: String, name: String, column: Int, y: Double) -> Markup in
            .tag("text", ["class": name, "x": Length.pixels(x(column)), "y": Length.pixels(y)], text: text)
        }
        let heads = head.enumerated().dropFirst().map { ($0.offset, Wrap.lines($0.element, letters)) }
        for (column, lines) in heads {
            for (index, text) in lines.enumerated() {
                shapes.append(
                    cell(Clip.end(text, to: letters), "small quiet", column, y + 10 + 13 * Double(index)))
            }
        }
        y += 13 * Double(heads.map(\.1.count).max() ?? 1) + 4
        for row in rows {
            for (column, content) in row.enumerated() {
                shapes.append(
                    cell(
                        Clip.end(content.text, to: column == 0 ? 34 : letters),
                        column == 0 ? "" : "strong \(content.tone)", column, y + 12))
            }
            y += 17
        }
    }

    mutating func timeline(_ timeline: PictureTimeline) {
        guard !timeline.lanes.isEmpty else { return }
        subheading("Timeline")
        let drawing = TimelineDrawing(timeline)
        shapes.append(
            .tag(
                "svg",
                [
                    "x": Length.pixels(Self.margin), "y": Length.pixels(y),
                    "width": Length.pixels(Self.width - 2 * Self.margin), "height": Length.pixels(drawing.height),
                ], drawing.draw()))
        y += drawing.height
    }

    /// The whole file.
    func text(title: String) -> String {
        let height = Length.pixels(y + 20)
        let style: Markup = .tag(
            "style", [:], [.text(Palette.css), .constant(PictureStyle.drawing), .text("svg .narrow{display:none}")])
        let ground: Markup = .tag(
            "rect", ["class": "page", "width": "100%", "height": "100%"])
        let root: Markup = .tag(
            "svg",
            [
                "xmlns": "http://www.w3.org/2000/svg", "width": Length.pixels(Self.width), "height": height,
                "viewBox": "0 0 \(Length.pixels(Self.width)) \(height)", "role": "img",
            ], [.tag("title", text: title), style, ground] + shapes)
        var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        root.write(to: &text)
        return text
    }
}

enum Wrap {
    /// Words in lines of at most so many characters; a longer word has a line to itself.
    static func lines(_ text: String, _ width: Int) -> [String] {
        var lines: [String] = []
        for word in text.split(separator: " ") {
            if let last = lines.last, last.count + 1 + word.count <= width {
                lines[lines.count - 1] += " \(word)"
            } else {
                lines.append(String(word))
            }
        }
        return lines
    }
}

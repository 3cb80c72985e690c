import BerthStack
import BerthLogs
import BerthPlacement
import BerthPCI
import BerthDiagnostics
import BerthBoot
import BerthTopology

/// A page of HTML in one file: nothing is fetched, everything can be read without a script, and every text is escaped.
///
/// A choice is a radio button, so that keys and readers of the screen know it; styles show the panel that belongs to it.
struct Page {
    let guest: ReportedGuest
    private var body: [Markup] = []
    private var choices = 0
    private var shared = SharedShapes()
    /// The first map of a choice: the others say how they differ.
    private var firstMap: AddressMap?

    init(_ guest: ReportedGuest) {
        self.guest = guest
        add(
            .tag(
                "header", [:],
                [
                    .tag("button", ["id": "theme", "type": "button", "hidden": "hidden"], text: "Light or dark"),
                    .tag("h1", text: guest.name), .tag("p", text: Descriptions.guest(guest)),
                ] + (guest.igd.map { [.tag("p", text: "IGD \(Descriptions.igd($0))")] } ?? [])))
    }

    mutating func add(_ markup: Markup) { body.append(markup) }

    mutating func verdict(_ text: String, _ tone: String) {
        add(.tag("p", ["class": "verdict \(tone)"], text: text))
    }

    mutating func section(_ heading: String, _ content: [Markup]) {
        guard !content.isEmpty else { return }
        add(.tag("section", [:], [.tag("h2", text: heading)] + content))
    }

    /// The number of one more choice, whose button is `choice-N` and whose panel is `panel-N`.
    mutating func choice() -> Int {
        choices += 1
        return choices
    }

    /// The map of a choice. What lies where it lies on the first one is drawn, and not in its table once more.
    mutating func map(_ map: AddressMap, ghosts: [MapDrawing.Ghost] = []) -> Markup {
        guard let first = firstMap else {
            firstMap = map
            return PageParts.map(map, ghosts: ghosts)
        }
        return PageParts.map(map, otherThan: first, &shared)
    }

    /// The whole file. `title`: after the guest's name.
    func text(title: String) -> String {
        let shown = (0..<choices).map { number in
            "body:has(#choice-\(number + 1):checked) #panel-\(number + 1){display:block}"
        }
        let head: Markup = .tag(
            "head", [:],
            [
                .tag("meta", ["charset": "utf-8"]),
                .tag("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"]),
                .tag("meta", ["http-equiv": "Content-Security-Policy", "content": Self.policy]),
                .tag("title", text: "\(guest.name): \(title)"),
                .tag(
                    "style", [:],
                    [
                        .text(Palette.css), .constant(PictureStyle.drawing), .constant(PageStyle.page),
                        .text(shown.joined(separator: "\n")),
                    ]),
            ])
        let end: [Markup] =
            (shared.definitions.map { [$0] } ?? []) + [
                .tag("div", ["id": "facts", "role": "status", "aria-live": "polite"]),
                .tag("script", [:], [.constant(PageScript.text)]),
            ]
        var text = "<!DOCTYPE html>\n"
        Markup.tag(
            "html", ["lang": "en", "xmlns": "http://www.w3.org/1999/xhtml"],
            [head, .tag("body", [:], [.tag("main", [:], body)] + end)]
        ).write(to: &text)
        return text + "\n"
    }

    private static let policy =
        "default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-\(PageScript.digest)'; base-uri 'none'; form-action 'none'"
}

/// Parts that pages share.
enum PageParts {
    /// Maps side by side, such as predicted and real, and below each the same as a table.
    static func map(
        _ map: AddressMap, ghosts: [MapDrawing.Ghost] = [], caption: String = "Addresses", open: Bool = false
    ) -> Markup {
        let drawing = MapDrawing(map, ghosts: ghosts)
        let details = table("\(caption) as a table", map.rows.map { line($0) })
        return .tag(
            "div", ["class": "map"],
            [
                svg(drawing.draw(), height: drawing.height, label: "\(caption), as the table below says"),
                details.with("open", open ? "open" : nil),
            ])
    }

    /// A map beside the first one of a page; its table has what is otherwise.
    static func map(_ map: AddressMap, otherThan first: AddressMap, _ shared: inout SharedShapes) -> Markup {
        let drawing = MapDrawing(map)
        let (rows, known) = (map.rows, first.rows)
        let (here, there) = (Set(rows), Set(known))
        let other = rows.filter { !there.contains($0) }
        let gone = known.filter { !here.contains($0) }
        let words: Markup =
            other.isEmpty && gone.isEmpty
            ? .tag("p", ["class": "quiet"], text: "Addresses as on the first map.")
            : table(
                "Addresses that are not those of the first map, as a table",
                other.map { line($0) } + gone.map { line($0, "not here: ") })
        return .tag(
            "div", ["class": "map"],
            [
                svg(
                    drawing.draw(&shared), height: drawing.height,
                    label: "Addresses, as the table of the first map says but for what stands below"), words,
            ])
    }

    private static func line(_ row: MapRow, _ prefix: String = "") -> Markup {
        .tag(
            "tr", [:],
            [
                .tag("td", ["class": "mono"], text: row.place), .tag("td", text: row.size.map { "\($0)" } ?? ""),
                .tag("td", text: prefix + (row.facts.isEmpty ? row.name : "\(row.name): \(row.facts)")),
            ])
    }

    private static func table(_ summary: String, _ rows: [Markup]) -> Markup {
        let head = ["addresses", "size", "what"].map { Markup.tag("th", ["scope": "col"], text: $0) }
        return .tag(
            "details", [:],
            [
                .tag("summary", text: summary),
                .tag("table", [:], [.tag("thead", [:], [.tag("tr", [:], head)]), .tag("tbody", [:], rows)]),
            ])
    }

    private static func svg(_ shapes: [Markup], height: Double, label: String) -> Markup {
        .tag(
            "svg",
            [
                "xmlns": "http://www.w3.org/2000/svg", "width": "100%", "height": Length.pixels(height), "role": "img",
                "aria-label": label,
            ], shapes)
    }

    static func tree(_ tree: PictureTree) -> Markup {
        let rest: [Markup] =
            tree.left > 0 ? [.tag("p", ["class": "quiet"], text: "and \(tree.left) more functions")] : []
        return .tag("div", ["class": "tree"], [.tag("ul", [:], tree.roots.map(node))] + rest)
    }

    private static func node(_ node: PictureTree.Node) -> Markup {
        let kind = node.isIGD ? "place graphics" : node.below.isEmpty ? "place" : "place bridge"
        var parts: [Markup] = [
            .tag("span", ["class": kind], text: node.place), .text(" "), .tag("b", text: node.name),
            .tag("span", ["class": "quiet"], text: " \(node.model)"),
        ]
        if !node.ranges.isEmpty {
            parts.append(.tag("div", ["class": "ranges"], node.ranges.map { .tag("span", text: $0) }))
        }
        if !node.below.isEmpty { parts.append(.tag("ul", [:], node.below.map(self.node))) }
        return .tag("li", [:], parts)
    }

    static func timeline(_ timeline: PictureTimeline) -> [Markup] {
        guard !timeline.lanes.isEmpty else { return [] }
        let drawing = TimelineDrawing(timeline)
        let gone = timeline.lanes.flatMap { lane in
            lane.marks.map { mark in
                Markup.tag(
                    "li", ["class": mark.isMissed ? "bad" : "quiet"],
                    text:
                        "\(lane.name), \(timeline.columns[min(Int(mark.start), timeline.columns.count - 1)].phase): \(mark.facts)"
                )
            }
        }
        let used = timeline.lanes.flatMap { lane in
            lane.users.map { user in
                let (first, last) = (timeline.columns[user.first].phase, timeline.columns[user.last].phase)
                return Markup.tag(
                    "li", text: "\(lane.name): \(user.name), from \(first) to \(last): \(user.facts)")
            }
        }
        let words = gone + used
        return [
            svg(drawing.draw(), height: drawing.height, label: "Timeline of \(timeline.lanes.count) BARs and regions"),
            .tag(
                "p", ["class": "quiet"],
                text:
                    "A lane is solid while its BAR decodes. Below a region, bands for those who count on it; red where it is "
                    + "missing while they do, grey where nobody does."),
        ]
            + (words.isEmpty
                ? []
                : [
                    .tag(
                        "details", [:],
                        [
                            .tag("summary", text: "Who counts on the regions, and when they are gone"),
                            .tag("ul", [:], words),
                        ])
                ])
    }

    static func key(withCandidates: Bool = false) -> Markup {
        let colours = [
            ("ram", "RAM"), ("reserved", "reserved"), ("window", "window of a bridge"), ("bar", "BAR"),
            ("igd", "BAR of the IGD"),
            ("stolen", "stolen memory"), ("opregion", "OpRegion"),
        ]
        return .tag(
            "div", ["class": "key"],
            colours.map { name, words in
                .tag("span", [:], [.tag("i", ["style": "background:var(--\(name))"]), .text(words)])
            } + [
                .tag(
                    "span",
                    text: "The strip on the left is to scale between its breaks."
                        + (withCandidates ? " Numbered outlines are other candidates, blue where possible." : ""))
            ])
    }

    /// Boxes for what can be left out, and a field by which lines are found; `placeholder`: what it looks for.
    static func filters(
        _ boxes: [(id: String, words: String)], placeholder: String, then rest: [Markup] = []
    ) -> Markup {
        let field: Markup = .tag(
            "label", ["hidden": "hidden"],
            [
                .text("Filter "), .tag("input", ["type": "search", "id": "filter", "placeholder": placeholder]),
            ])
        return .tag(
            "div", ["class": "filters"],
            boxes.map { box in
                .tag("label", [:], [.tag("input", ["type": "checkbox", "id": box.id]), .text(" \(box.words)")])
            } + [field] + rest)
    }

    /// The button of a choice.
    static func radio(_ number: Int, isChecked: Bool) -> Markup {
        .tag("input", ["type": "radio", "name": "choice", "id": "choice-\(number)"])
            .with("checked", isChecked ? "checked" : nil)
    }

    /// What is shown while a choice is chosen: its map, and what is known of it.
    static func panel(_ number: Int, _ map: Markup, _ facts: [Markup]) -> Markup {
        .tag(
            "div", ["class": "panel", "id": "panel-\(number)"],
            [.tag("div", ["class": "maps"], [map, .tag("div", ["class": "beside"], facts)])])
    }

    static func facts(_ rows: [(String, String)]) -> Markup {
        .tag("dl", [:], rows.flatMap { [.tag("dt", text: $0.0), .tag("dd", text: $0.1)] })
    }

    static func list(_ items: [String], _ name: String = "plain") -> [Markup] {
        items.isEmpty ? [] : [.tag("ul", ["class": name], items.map { .tag("li", text: $0) })]
    }

    /// The map, the tree and the timeline of one guest.
    static func guest(_ guest: GuestPicture, _ page: inout Page) {
        page.section(
            "Addresses",
            [
                key(),
                .tag("div", ["class": "maps"], [map(guest.map), .tag("div", ["class": "beside"], [tree(guest.tree)])]),
            ])
        page.section("Timeline", timeline(guest.timeline))
    }
}

import BerthBoot
import BerthTopology

/// Lanes over time, one a BAR: solid while it decodes; of a region, shaded while somebody counts on it, and red where it is missing.
///
/// Places are parts of the whole width, so that the drawing fits any page while its words keep their size.
struct TimelineDrawing {
    private let timeline: PictureTimeline
    private static let head = 26.0

    init(_ timeline: PictureTimeline) { self.timeline = timeline }

    var height: Double {
        Self.head + timeline.lanes.reduce(0) { $0 + height($1) } + (timeline.left > 0 ? 20 : 0)
    }

    func draw() -> [Markup] {
        guard !timeline.columns.isEmpty else { return [] }
        var shapes = heads
        var y = Self.head
        for lane in timeline.lanes {
            shapes.append(draw(lane, y))
            y += height(lane)
        }
        if timeline.left > 0 {
            shapes.append(
                .tag(
                    "text", ["class": "quiet", "x": "0", "y": Length.pixels(y + 14)], text: "and \(timeline.left) more")
            )
        }
        return shapes
    }

    private func x(_ place: Double) -> String { Length.percent(place, of: Double(timeline.columns.count)) }

    private var heads: [Markup] {
        let bottom = Length.pixels(height - (timeline.left > 0 ? 20 : 0))
        return timeline.columns.enumerated().flatMap { index, column -> [Markup] in
            let place = x(Double(index))
            let suffix = column.boot == 0 ? "" : " (\(column.boot + 1))"
            return [
                .tag("line", ["class": "wire", "x1": place, "x2": place, "y1": "4", "y2": bottom]),
                .tag(
                    "svg", ["x": place, "y": "0", "overflow": "visible"],
                    [
                        .tag("text", ["class": "wide", "x": "4", "y": "14"], text: "\(column.phase)\(suffix)"),
                        .tag("text", ["class": "narrow small", "x": "2", "y": "14"], text: Self.short(column.phase)),
                    ]),
            ]
        }
    }

    private static func short(_ phase: BootPhase) -> String {
        switch phase {
        case .powerOn: "power"
        case .firmware: "firmw."
        case .optionROM: "ROMs"
        case .firmwareBoot: "boot"
        case .enumeration: "enum."
        case .assignment: "assign"
        case .drivers: "drivers"
        case .runtime: "run"
        }
    }

    private func height(_ lane: PictureTimeline.Lane) -> Double {
        lane.region == nil ? 28 : 38 + Self.userHeight * Double(lane.users.count)
    }

    private func draw(_ lane: PictureTimeline.Lane, _ top: Double) -> Markup {
        let isRegion = lane.region != nil
        let count = Double(timeline.columns.count)
        let bar = isRegion ? 12.0 : 7
        let level = lane.level.map { ": \(TimelineText.fate($0))" } ?? ""
        var shapes: [Markup] = [
            .tag("title", text: "\(lane.name), \(lane.facts)"),
            rect("lane", 0, count, top + 17, bar, nil),
            .tag(
                "text", ["class": isRegion ? "ground strong" : "ground small", "x": "3", "y": Length.pixels(top + 13)],
                text: Clip.end("\(lane.name)\(level), \(lane.facts)", to: isRegion ? 50 : 56)),
        ]
        for stretch in lane.stretches {
            shapes.append(
                rect(
                    lane.region.map { Palette.fill(.region($0)) } ?? "on", stretch.start, stretch.end, top + 17, bar,
                    stretch.facts))
        }
        for (index, user) in lane.users.enumerated() {
            shapes += self.user(user, top + 30 + Self.userHeight * Double(index))
        }
        for mark in lane.marks {
            let height = bar + (mark.isMissed ? 1 + Self.userHeight * Double(lane.users.count) : 0)
            shapes.append(rect(mark.isMissed ? "gone" : "unmissed", mark.start, mark.end, top + 17, height, mark.facts))
        }
        return .tag("g", [:], shapes)
    }

    private static let userHeight = 16.0

    /// A band over the time in which somebody counts on the region, with the name where there is room for it.
    private func user(_ user: PictureTimeline.User, _ top: Double) -> [Markup] {
        let count = Double(timeline.columns.count)
        let isLate = Double(user.first) >= count / 2
        return [
            rect(
                "user", Double(user.first), Double(user.last + 1), top, Self.userHeight - 2,
                "\(user.name): \(user.facts)"),
            .tag(
                "svg",
                ["x": x(Double(isLate ? user.last + 1 : user.first)), "y": Length.pixels(top), "overflow": "visible"],
                [
                    .tag(
                        "text",
                        ["class": isLate ? "small end" : "small", "x": isLate ? "-4" : "4", "y": "11"],
                        text: Clip.end(user.name, to: 36))
                ]),
        ]
    }

    private func rect(
        _ name: String, _ start: Double, _ end: Double, _ y: Double, _ height: Double, _ facts: String?
    ) -> Markup {
        .tag(
            "rect",
            [
                "class": name, "x": x(start), "y": Length.pixels(y),
                "width": Length.percent(max(end - start, 0.02), of: Double(timeline.columns.count)),
                "height": Length.pixels(height),
            ], facts.map { [.tag("title", text: $0)] } ?? [])
    }
}

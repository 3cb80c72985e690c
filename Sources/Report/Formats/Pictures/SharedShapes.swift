/// Neighbours that look alike, as one path.
enum ShapesTogether {
    /// Rectangles without words and polygons; in their order, so that what lies over others still does.
    static func joined(_ shapes: [Markup]) -> [Markup] {
        var result: [Markup] = []
        var run: (name: String, parts: [String])?
        func path(_ run: (name: String, parts: [String])?) -> [Markup] {
            run.map { [.tag("path", ["class": $0.name, "d": $0.parts.joined()])] } ?? []
        }
        for shape in shapes {
            guard let (name, part) = outline(shape) else {
                result += path(run)
                run = nil
                result.append(shape)
                continue
            }
            if run?.name != name {
                result += path(run)
                run = (name, [])
            }
            // What is too small to tell apart lies in one place.
            if run?.parts.last != part { run?.parts.append(part) }
        }
        return result + path(run)
    }

    private static func outline(_ shape: Markup) -> (name: String, part: String)? {
        guard case .element(let tag, let attributes, let children) = shape, children.isEmpty else { return nil }
        var values: [String: String] = [:]
        for attribute in attributes { values[attribute.name] = attribute.value }
        guard let name = values["class"] else { return nil }
        switch tag {
        case "polygon":
            guard let points = values["points"] else { return nil }
            return (name, "M\(points)z")
        case "rect":
            guard let x = values["x"], let y = values["y"], let width = values["width"], let height = values["height"]
            else { return nil }
            return (name, "M\(x) \(y)h\(width)v\(height)h-\(width)z")
        default: return nil
        }
    }
}

/// Shapes that drawings of one page have in common: written once, and used where they are.
///
/// A page has a map for each strategy, and most lines of one are those of another, at another height.
struct SharedShapes {
    private var numbers: [String: Int] = [:]
    private var shapes: [Markup] = []

    /// A shape that is drawn at the top, moved down by `y`.
    mutating func use(_ shape: Markup, at y: Double) -> Markup {
        var text = ""
        shape.write(to: &text)
        let number = numbers[text] ?? shapes.count + 1
        if number > shapes.count {
            numbers[text] = number
            // Styles of drawings begin with `svg`, which has to be in what is used: nothing around it counts.
            shapes.append(.tag("svg", ["id": "s\(number)", "overflow": "visible"], [shape]))
        }
        return .tag("use", ["href": "#s\(number)", "y": Length.pixels(y)])
    }

    /// What the page needs somewhere for its uses to show; nil where nothing is shared.
    var definitions: Markup? {
        guard !shapes.isEmpty else { return nil }
        return .tag(
            "svg", ["xmlns": "http://www.w3.org/2000/svg", "width": "0", "height": "0", "aria-hidden": "true"],
            [.tag("defs", [:], shapes)])
    }
}

/// The PCI tree as lines with their branches, each function with its address, and below it its BARs.
struct TreeDrawing {
    private struct Line {
        var depth: Int
        var node: PictureTree.Node
        var top: Double
        var parent: Int?
    }

    private let lines: [Line]
    private let left: Int
    let height: Double

    init(_ tree: PictureTree) {
        var lines: [Line] = []
        var y = 0.0
        func add(_ node: PictureTree.Node, _ depth: Int, _ parent: Int?) {
            let index = lines.count
            lines.append(Line(depth: depth, node: node, top: y, parent: parent))
            y += 20 + 14 * Double(node.ranges.count) + 3
            for child in node.below { add(child, depth + 1, index) }
        }
        for node in tree.roots { add(node, 0, nil) }
        self.lines = lines
        left = tree.left
        height = y + (tree.left > 0 ? 20 : 0)
    }

    func draw() -> [Markup] {
        var shapes: [Markup] = lines.compactMap { line in
            guard let parent = line.parent else { return nil }
            let (x, y) = (Double(lines[parent].depth) * 20 + 6, line.top + 10)
            return .tag(
                "path",
                [
                    "class": "wire",
                    "d": "M\(Length.pixels(x)) \(Length.pixels(lines[parent].top + 18))V\(Length.pixels(y))h12",
                ])
        }
        for line in lines {
            let x = Double(line.depth) * 20
            shapes.append(
                .tag(
                    "rect",
                    [
                        "class": line.node.isIGD ? "igd edge" : line.node.below.isEmpty ? "bar edge" : "window edge",
                        "x": Length.pixels(x + 0.5), "y": Length.pixels(line.top + 2.5), "width": "60", "height": "16",
                        "rx": "3",
                    ]))
            shapes.append(
                .tag(
                    "text", ["class": "mono middle", "x": Length.pixels(x + 30), "y": Length.pixels(line.top + 14.5)],
                    text: Clip.end(line.node.place, to: 8)))
            shapes.append(
                .tag(
                    "text", ["class": "strong", "x": Length.pixels(x + 68), "y": Length.pixels(line.top + 15)],
                    text: Clip.end("\(line.node.name) (\(line.node.model))", to: 62 - 3 * min(line.depth, 10))))
            for (index, range) in line.node.ranges.enumerated() {
                shapes.append(
                    .tag(
                        "text",
                        [
                            "class": "small quiet", "x": Length.pixels(x + 68),
                            "y": Length.pixels(line.top + 30 + 14 * Double(index)),
                        ], text: range))
            }
        }
        if left > 0 {
            shapes.append(
                .tag("text", ["class": "quiet", "x": "0", "y": Length.pixels(height - 6)], text: "and \(left) more"))
        }
        return shapes
    }
}

import BerthXML
import TestSupport

/// One small change of a document: what people get wrong, drawn by a seed.
struct DocumentChange {
    let xml: String
    /// What was done, for a report.
    private(set) var description = "nothing"

    private static let values = [
        "0", "1", "2", "3", "0x02", "0x1f", "0x20", "0x01", "010", "255", "256", "-1", "", "yes", "no", "on", "off",
        "none", "pci", "drive", "foo", "1e", "vga", "qxl", "virtio", "ua-x", "0x100",
    ]
    /// Names, files and the machine are left alone: they are about the host.
    private static let spared: Set = ["file", "path", "machine", "arch", "network", "dev"]
    private static let sparedElements: Set = ["domain", "name", "uuid", "emulator", "devices", "os", "source"]

    init(of text: String, seed: UInt64) throws {
        var dice = Seeded(seed)
        var root = try XMLDocument(text, file: "drawn").root.withoutLines
        var targets: [[Int]] = []
        Self.collect(root, path: [], into: &targets)
        let path = targets[Int(dice.next() % UInt64(targets.count))]
        description = Self.change(&root, path[...], &dice)
        xml = try root.serialized()
    }

    /// Paths of the elements that may be changed, as positions among the children.
    private static func collect(_ element: XMLElement, path: [Int], into paths: inout [[Int]]) {
        if !sparedElements.contains(element.name) { paths.append(path) }
        for (index, child) in element.children.enumerated() {
            if case .element(let inner) = child { collect(inner, path: path + [index], into: &paths) }
        }
    }

    private static func change(_ element: inout XMLElement, _ path: ArraySlice<Int>, _ dice: inout Seeded) -> String {
        guard let index = path.first, case .element(var child) = element.children[index] else { return "nothing" }
        if path.count > 1 {
            let done = change(&child, path.dropFirst(), &dice)
            element.children[index] = .element(child)
            return done
        }
        let attributes = child.attributes.indices.filter { !spared.contains(child.attributes[$0].name) }
        switch dice.next() % 20 {
        case 0..<12 where !attributes.isEmpty:
            let place = attributes[Int(dice.next() % UInt64(attributes.count))]
            let value = values[Int(dice.next() % UInt64(values.count))]
            let old = child.attributes[place]
            child.attributes[place].value = value
            element.children[index] = .element(child)
            return "\(old.name) of <\(child.name)> from '\(old.value)' to '\(value)'"
        case 12..<14 where !attributes.isEmpty:
            let gone = child.attributes.remove(at: attributes[Int(dice.next() % UInt64(attributes.count))])
            element.children[index] = .element(child)
            return "\(gone.name) of <\(child.name)> removed"
        case 14..<17:
            element.children.remove(at: index)
            return "<\(child.name)> removed"
        default:
            element.children.insert(.element(child), at: index)
            return "<\(child.name)> doubled"
        }
    }
}

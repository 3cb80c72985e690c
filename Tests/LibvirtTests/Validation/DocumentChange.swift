import BerthStack
import BerthXML
import TestSupport

/// One small change of a document: what people get wrong, drawn by a seed.
struct DocumentChange {
    private(set) var xml: String
    /// What was done, for a report.
    private(set) var description = "nothing"
    private let words: [String: [String]]
    private let children: [String]

    /// Names, files and the machine are left alone: they are about the host.
    private static let spared: Set = ["path", "machine", "arch", "network"]
    private static let sparedElements: Set = ["domain", "name", "uuid", "emulator", "devices", "os", "type"]

    init(of text: String, seed: UInt64, for libvirt: LibvirtRelease = LibvirtRelease(9, 0)) throws {
        words = DocumentValues.words(of: libvirt)
        children = DocumentValues.children(of: libvirt)
        var dice = Seeded(seed)
        _ = dice.next()
        var root = try XMLDocument(text, file: "drawn").root.withoutLines
        var targets: [[Int]] = []
        Self.collect(root, path: [], into: &targets)
        let path = targets[Int(dice.next() % UInt64(targets.count))]
        xml = ""
        description = change(&root, path[...], &dice)
        xml = try root.serialized()
    }

    /// Paths of the elements that may be changed, as positions among the children.
    private static func collect(_ element: XMLElement, path: [Int], into paths: inout [[Int]]) {
        if !sparedElements.contains(element.name) { paths.append(path) }
        for (index, child) in element.children.enumerated() {
            if case .element(let inner) = child { collect(inner, path: path + [index], into: &paths) }
        }
    }

    private func change(_ element: inout XMLElement, _ path: ArraySlice<Int>, _ dice: inout Seeded) -> String {
        guard let index = path.first, case .element(var child) = element.children[index] else { return "nothing" }
        if path.count > 1 {
            let done = change(&child, path.dropFirst(), &dice)
            element.children[index] = .element(child)
            return done
        }
        let attributes = child.attributes.indices.filter { !Self.spared.contains(child.attributes[$0].name) }
        switch dice.next() % 24 {
        case 0..<12 where !attributes.isEmpty:
            let place = Self.pick(attributes, &dice)
            let old = child.attributes[place]
            let known = words["\(child.name)/\(old.name)"] ?? []
            let common = Self.isControllerNumber(child, old.name) ? DocumentValues.commonIndices : DocumentValues.common
            let value = Self.pick(dice.next() % 4 == 0 || known.isEmpty ? common : known, &dice)
            child.attributes[place].value = value
            element.children[index] = .element(child)
            return "\(old.name) of <\(child.name)> from '\(old.value)' to '\(value)'"
        case 12..<14 where !attributes.isEmpty:
            let gone = child.attributes.remove(at: Self.pick(attributes, &dice))
            element.children[index] = .element(child)
            return "\(gone.name) of <\(child.name)> removed"
        case 14..<16:
            element.children.remove(at: index)
            return "<\(child.name)> removed"
        case 16..<18:
            element.children.insert(.element(child), at: index)
            return "<\(child.name)> doubled"
        case 18..<20 where child.elements().isEmpty && !child.text.isEmpty:
            let value = Self.pick(DocumentValues.texts, &dice)
            child.children = [.text(value)]
            element.children[index] = .element(child)
            return "text of <\(child.name)> to '\(value)'"
        case 20..<22:
            let added = words.keys.filter { $0.hasPrefix(child.name + "/") }.sorted()
            guard !added.isEmpty else { return "nothing" }
            let key = Self.pick(added, &dice)
            let name = String(key.dropFirst(child.name.count + 1))
            let value = Self.pick(words[key] ?? [], &dice)
            child[name] = value
            element.children[index] = .element(child)
            return "\(name)='\(value)' set on <\(child.name)>"
        default:
            let piece = Self.pick(children, &dice)
            guard let inner = try? XMLDocument(piece, file: "piece").root.withoutLines else { return "nothing" }
            child.append(inner)
            element.children[index] = .element(child)
            return "\(piece) added to <\(child.name)>"
        }
    }

    /// Of whose like libvirt adds all that are missing below: of tens of thousands 12.8 takes minutes to do so.
    private static func isControllerNumber(_ element: XMLElement, _ attribute: String) -> Bool {
        element.name == "controller" && attribute == "index" || element.name == "address" && attribute == "controller"
    }

    private static func pick<Value>(_ values: [Value], _ dice: inout Seeded) -> Value {
        values[Int(dice.next() % UInt64(values.count))]
    }
}

/// Changes of elements as replacements of bytes.
struct SourceEdits {
    private let tree: SourceTree
    private let changes: [Int: XMLEditor.Change]
    private let style: SourceStyle
    /// In the order of the document; insertions are empty ranges.
    private var edits: [(range: Range<Int>, bytes: [UInt8])] = []

    init(_ editor: XMLEditor) throws(XMLWritingError) {
        tree = editor.tree
        changes = editor.changes
        style = SourceStyle(editor.tree)
        try visit(0, prefixes: [])
    }

    /// The text with all edits made. Where two concern the same bytes, the one in front stands.
    func applied() -> [UInt8] {
        let ordered = edits.enumerated().sorted { a, b in
            (a.element.range.lowerBound, a.element.range.upperBound, a.offset)
                < (b.element.range.lowerBound, b.element.range.upperBound, b.offset)
        }
        var result: [UInt8] = []
        var offset = 0
        for (_, edit) in ordered where edit.range.lowerBound >= offset {
            result += tree.text.bytes[offset..<edit.range.lowerBound]
            result += edit.bytes
            offset = edit.range.upperBound
        }
        return result + tree.text.bytes[offset...]
    }

    private mutating func visit(_ index: Int, prefixes outer: Set<String>) throws(XMLWritingError) {
        let element = tree.elements[index]
        let change = changes[index] ?? XMLEditor.Change()
        let indentation = tree.indentation(of: index).map { String(decoding: $0, as: UTF8.self) }
        let layout = style.layout(beside: index, indentation: indentation, prefixes: outer)
        let separator = indentation.map { style.newline + $0 } ?? ""
        for new in change.preceding {
            add(element.range.lowerBound..<element.range.lowerBound, try new.serialized(in: layout) + separator)
        }
        var following: [String] = []
        for new in change.following { following.append(try new.serialized(in: layout)) }
        if let replacement = change.replacement {
            add(element.range, ([try replacement.serialized(in: layout)] + following).joined(separator: separator))
        } else if change.isRemoved {
            following.isEmpty
                ? add(removal(of: index), "") : add(element.range, following.joined(separator: separator))
        } else {
            try changeAttributes(of: index, change.attributes)
            let prefixes = outer.union(declaredPrefixes(element.tag, change.attributes))
            for child in element.children { try visit(child, prefixes: prefixes) }
            try append(change.appended, to: index, prefixes)
            let end = element.range.upperBound
            let place = indentation == nil ? end : tree.endOfLine(behind: index, passingComments: true) ?? end
            for text in following { add(place..<place, separator + text) }
        }
    }

    private mutating func add(_ range: Range<Int>, _ text: String) { edits.append((range, Array(text.utf8))) }

    /// The whole line where an element is alone on it, the element else.
    private func removal(of index: Int) -> Range<Int> {
        let range = tree.elements[index].range
        guard let indentation = tree.indentation(of: index),
            let end = tree.endOfLine(behind: index, passingComments: false), end < tree.text.bytes.count
        else { return range }
        return range.lowerBound - indentation.count..<end + (tree.text.bytes[end] == UInt8(ascii: "\r") ? 2 : 1)
    }
}

extension SourceEdits {
    private mutating func changeAttributes(
        of index: Int, _ changes: [(name: String, value: String?)]
    ) throws(XMLWritingError) {
        let tag = tree.elements[index].tag
        let bytes = tree.text.bytes
        for (name, value) in changes {
            let found = tag.attributes.firstIndex { bytes[$0.name].elementsEqual(name.utf8) }
            switch (found, value) {
            case (let found?, let value?):
                let range = tag.attributes[found].value
                let quote: Character = bytes[range.upperBound] == UInt8(ascii: "\"") ? "\"" : "'"
                add(range, try written(value, of: name, in: index, quote))
            case (let found?, nil):
                let before = found == 0 ? tag.name.upperBound : tag.attributes[found - 1].range.upperBound
                add(before..<tag.attributes[found].range.upperBound, "")
            case (nil, let value?):
                let last = tag.attributes.last
                let before = tag.attributes.dropLast().last?.range.upperBound ?? tag.name.upperBound
                // Attributes that have a line each go on having one.
                let space = last.map { String(decoding: bytes[before..<$0.name.lowerBound], as: UTF8.self) } ?? " "
                let place = last?.range.upperBound ?? tag.name.upperBound
                let quote = style.quote(in: index)
                add(place..<place, "\(space)\(name)=\(quote)\(try written(value, of: name, in: index, quote))\(quote)")
            case (nil, nil): break
            }
        }
    }

    /// The value with what its quotes and its encoding need, checked by writing an element that has it.
    private func written(
        _ value: String, of name: String, in index: Int, _ quote: Character
    ) throws(XMLWritingError) -> String {
        _ = try XMLElement("x", [name.hasPrefix("xmlns:") ? "x" : "y": value]).serialized()
        return XMLCharacters.escapedAttribute(value, quote: quote, isASCII: tree.text.encoding == .singleByte)
    }

    private func declaredPrefixes(_ tag: SourceTag, _ changes: [(name: String, value: String?)]) -> [String] {
        let names =
            tag.attributes.map { String(decoding: tree.text.bytes[$0.name], as: UTF8.self) }
            + changes.filter { $0.value != nil }.map(\.name)
        return names.filter { $0.hasPrefix("xmlns:") }.map { String($0.dropFirst("xmlns:".count)) }
    }
}

extension SourceEdits {
    private mutating func append(
        _ new: [XMLElement], to index: Int, _ prefixes: Set<String>
    ) throws(XMLWritingError) {
        guard !new.isEmpty else { return }
        let place = place(below: index)
        let layout = style.layout(beside: place.neighbour, indentation: place.indentation, prefixes: prefixes)
        var texts: [String] = []
        for element in new { texts.append(try element.serialized(in: layout)) }
        let separator = place.indentation.map { style.newline + $0 } ?? ""
        add(place.range, place.before + texts.joined(separator: separator) + place.after)
    }

    /// Where new children go, and what has to stand around them.
    private struct Place {
        var range: Range<Int>
        var indentation: String?
        var neighbour: Int
        var before = ""
        var after = ""
    }

    private func place(below index: Int) -> Place {
        let element = tree.elements[index]
        let outer = tree.indentation(of: index).map { String(decoding: $0, as: UTF8.self) }
        if let last = element.children.last(where: { changes[$0]?.isRemoved != true }) {
            let end = tree.elements[last].range.upperBound
            guard let own = tree.indentation(of: last).map({ String(decoding: $0, as: UTF8.self) }) else {
                return Place(range: end..<end, indentation: nil, neighbour: last)
            }
            let offset = tree.endOfLine(behind: last, passingComments: true) ?? end
            return Place(range: offset..<offset, indentation: own, neighbour: last, before: style.newline + own)
        }
        let inner = outer.map { $0 + style.unit }
        guard let endTag = element.endTag else {
            let name = String(decoding: tree.text.bytes[element.tag.name], as: UTF8.self)
            let start = element.tag.attributes.last?.range.upperBound ?? element.tag.name.upperBound
            return Place(
                range: start..<element.tag.range.upperBound, indentation: inner, neighbour: index,
                before: ">" + (inner.map { style.newline + $0 } ?? ""),
                after: (outer.map { style.newline + $0 } ?? "") + "</\(name)>")
        }
        let end = endTag.lowerBound
        if let inner, let blanks = tree.indentation(before: end) {
            let start = end - blanks.count
            return Place(
                range: start..<start, indentation: inner, neighbour: index, before: inner, after: style.newline)
        }
        let isEmpty = tree.text.bytes[element.tag.range.upperBound..<end].allSatisfy(SourceScanner.isSpace)
        guard isEmpty, let inner, let outer else { return Place(range: end..<end, indentation: nil, neighbour: index) }
        return Place(
            range: element.tag.range.upperBound..<end, indentation: inner, neighbour: index,
            before: style.newline + inner, after: style.newline + outer)
    }
}

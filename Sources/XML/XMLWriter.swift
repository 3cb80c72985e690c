import BerthDiagnostics

/// A tree that no XML document can hold.
package struct XMLWritingError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The elements from the root down to the one at fault: `domain/devices/hostdev`.
    package var path: String
    /// Lower case, no full stop.
    package var message: String
    package var description: String { "<\(path)>: \(message)" }
}

extension XMLElement {
    /// The document, in libvirt's style: two spaces a level, single quotes, an element with nothing in it
    /// closed at once, a line feed at the end, no XML declaration.
    ///
    /// An element that has text in it is written on one line, because white space there would be text, too.
    /// Errors: a name that is none, a prefix nobody declared, an attribute given twice, a character that
    /// XML 1.0 cannot hold even as a reference, a comment with `--` in it.
    package func serialized() throws(XMLWritingError) -> String {
        try serialized(in: XMLLayout()) + "\n"
    }

    /// The element alone, as it looks inside another document, without a line end behind it.
    /// Errors: those of `serialized()`.
    func serialized(in layout: XMLLayout) throws(XMLWritingError) -> String {
        var writer = XMLWriter(layout)
        try writer.write(self, indentation: layout.isInline ? nil : 0)
        return writer.output
    }
}

/// How the document looks that an element is written into.
struct XMLLayout: Hashable, Sendable {
    /// In front of every line but the first.
    var indentation = ""
    /// One level.
    var unit = "  "
    var newline = "\n"
    var quote: Character = "'"
    /// Everything else becomes a character reference.
    var isASCII = false
    /// No line ends between elements.
    var isInline = false
    /// Prefixes that are declared around the element.
    var prefixes: Set<String> = []
}

/// One document in the making.
private struct XMLWriter {
    var output = ""
    private let layout: XMLLayout
    private var path: [String] = []
    /// Prefixes in scope; `xml` always is.
    private var prefixes: [Set<String>]

    init(_ layout: XMLLayout) {
        self.layout = layout
        prefixes = [layout.prefixes.union(["xml"])]
    }

    mutating func write(_ element: XMLElement, indentation: Int?) throws(XMLWritingError) {
        path.append(element.name)
        prefixes.append(prefixes.reduce(into: Set(element.namespaces.map(\.prefix))) { $0.formUnion($1) })
        try writeStartTag(element)
        let isInline =
            indentation == nil || element.children.contains { if case .text = $0 { true } else { false } }
        if element.children.isEmpty {
            output += "/>"
        } else {
            output += ">"
            for child in element.children {
                let inner = isInline ? nil : indentation.map { $0 + 1 }
                breakLine(inner)
                try write(child, indentation: inner)
            }
            breakLine(isInline ? nil : indentation)
            output += "</\(element.name)>"
        }
        path.removeLast()
        prefixes.removeLast()
    }

    private mutating func write(_ node: XMLNode, indentation: Int?) throws(XMLWritingError) {
        switch node {
        case .element(let element): try write(element, indentation: indentation)
        case .text(let text): output += XMLCharacters.escapedText(try checked(text), isASCII: layout.isASCII)
        case .comment(let text):
            guard !text.contains("--"), !text.hasSuffix("-") else {
                throw fail("a comment cannot hold '--' or end with '-': '\(text)'")
            }
            guard !text.unicodeScalars.contains("\r") else { throw fail("a comment cannot hold a carriage return") }
            guard !layout.isASCII || text.utf8.allSatisfy({ $0 < 0x80 }) else {
                throw fail("the document's encoding does not have every character of the comment '\(text)'")
            }
            output += "<!--\(try checked(text))-->"
        }
    }

    private mutating func writeStartTag(_ element: XMLElement) throws(XMLWritingError) {
        try checkName(element.name, "element")
        output += "<\(element.name)"
        var seen: Set<String> = []
        for attribute in element.attributes {
            guard attribute.name != "xmlns", !attribute.name.hasPrefix("xmlns:") else {
                throw fail("'\(attribute.name)' is a namespace declaration, not an attribute")
            }
            try checkName(attribute.name, "attribute")
            try writeAttribute(attribute.name, attribute.value, &seen)
        }
        for namespace in element.namespaces {
            let name = namespace.prefix.isEmpty ? "xmlns" : "xmlns:\(namespace.prefix)"
            guard namespace.prefix.isEmpty || XMLCharacters.isNonColonName(namespace.prefix) else {
                throw fail("'\(namespace.prefix)' is not a namespace prefix")
            }
            guard namespace.prefix.isEmpty || !namespace.uri.isEmpty else {
                throw fail("the prefix '\(namespace.prefix)' needs a namespace")
            }
            try writeAttribute(name, namespace.uri, &seen)
        }
    }

    private mutating func writeAttribute(
        _ name: String, _ value: String, _ seen: inout Set<String>
    ) throws(XMLWritingError) {
        guard seen.insert(name).inserted else { throw fail("the attribute '\(name)' is given twice") }
        let written = XMLCharacters.escapedAttribute(try checked(value), quote: layout.quote, isASCII: layout.isASCII)
        output += " \(name)=\(layout.quote)\(written)\(layout.quote)"
    }

    private func checkName(_ name: String, _ kind: String) throws(XMLWritingError) {
        guard XMLCharacters.isQualifiedName(name), !layout.isASCII || name.utf8.allSatisfy({ $0 < 0x80 }) else {
            throw fail("'\(name)' is not a name for an \(kind)")
        }
        guard let colon = name.firstIndex(of: ":") else { return }
        let prefix = String(name[..<colon])
        guard prefixes.last?.contains(prefix) == true else {
            throw fail("the prefix '\(prefix)' of the \(kind) '\(name)' is not declared")
        }
    }

    private func checked(_ text: String) throws(XMLWritingError) -> String {
        guard let scalar = text.unicodeScalars.first(where: { !XMLCharacters.isAllowed($0) }) else { return text }
        throw fail("the character U+\(Hexadecimal.plain(scalar.value, digits: 4).uppercased()) cannot occur in XML")
    }

    private mutating func breakLine(_ indentation: Int?) {
        guard let indentation else { return }
        output += layout.newline + layout.indentation + String(repeating: layout.unit, count: indentation)
    }

    private func fail(_ message: String) -> XMLWritingError {
        XMLWritingError(path: path.joined(separator: "/"), message: message)
    }
}

import BerthDiagnostics
import CLibXML2

/// The names of all elements and attributes of a document, without prefixes.
struct DocumentNames {
    var elements: Set<String> = []
    var attributes: Set<String> = []
}

/// The one owner of a libxml2 tree.
struct ParsedTree: ~Copyable {
    let pointer: xmlDocPtr

    deinit { xmlFreeDoc(pointer) }

    /// Errors: everything `XMLDocument.init(bytes:file:)` lists.
    init(bytes: [UInt8], sink: ErrorSink) throws(InputError) {
        DocumentStage.parsed.note()
        guard bytes.count <= XMLDocument.sizeLimit else {
            throw InputError(
                "the document has \(bytes.count) bytes, more than \(XMLDocument.sizeLimit)", rule: "xml-size",
                at: SourceLocation(file: sink.file))
        }
        guard !bytes.isEmpty else {
            throw InputError(
                "the document is empty; expected XML", rule: ErrorSink.start, at: SourceLocation(file: sink.file))
        }
        let context = ParserContext(reportingTo: sink)
        guard let document = context?.read(bytes, name: sink.file) else { throw Self.failure(sink) }
        pointer = document
    }

    /// Errors: the file cannot be read, or is not XML as `XMLDocument` takes it.
    init(path: String, sink: ErrorSink, _ names: SharedNames? = nil) throws(InputError) {
        let context = ParserContext(reportingTo: sink, names)
        if sink.filter != nil { context?.filter() }
        guard let document = context?.read(path: path) else { throw Self.failure(sink) }
        pointer = document
    }

    private static func failure(_ sink: ErrorSink) -> InputError {
        guard sink.findings.isEmpty else {
            return InputError(.unusable, sink.findings.filter { $0.severity == .error })
        }
        return InputError("the document cannot be read", rule: "xml-syntax", at: SourceLocation(file: sink.file))
    }

    /// The names in it.
    var names: DocumentNames {
        var names = DocumentNames()
        var open = [xmlDocGetRootElement(pointer)]
        while let first = open.popLast() {
            var next = first
            while let node = next {
                if node.pointee.type == XML_ELEMENT_NODE {
                    names.elements.insert(node.pointee.name.map { String(cString: $0) } ?? "")
                    if node.pointee.children != nil { open.append(node.pointee.children) }
                    var attribute = node.pointee.properties
                    while let found = attribute?.pointee {
                        names.attributes.insert(found.name.map { String(cString: $0) } ?? "")
                        attribute = found.next
                    }
                }
                next = node.pointee.next
            }
        }
        return names
    }

    /// The document as a value, with its positions in the bytes that were parsed. `sink` has what the parser said.
    ///
    /// Errors: no root element.
    func document(of bytes: [UInt8], _ sink: ErrorSink) throws(InputError) -> XMLDocument {
        guard let node = xmlDocGetRootElement(pointer) else {
            throw InputError(
                "the document has no root element", rule: "xml-syntax", at: SourceLocation(file: sink.file))
        }
        var reader = TreeReader(positions: SourcePositions(bytes))
        return XMLDocument(root: reader.element(node), findings: sink.findings)
    }
}

/// From libxml2's nodes to values. The depth limit bounds the recursion.
private struct TreeReader {
    var positions: SourcePositions?

    mutating func element(_ node: xmlNodePtr) -> XMLElement {
        var element = XMLElement.Fields(name: Self.name(node.pointee.name, node.pointee.ns))
        element.line = xmlGetLineNo(node)
        var declaration = node.pointee.nsDef
        while let namespace = declaration?.pointee {
            element.namespaces.append(XMLNamespace(Self.string(namespace.prefix), Self.string(namespace.href)))
            declaration = namespace.next
        }
        var attribute = node.pointee.properties
        while let next = attribute?.pointee {
            element.attributes.append(
                XMLAttribute(Self.name(next.name, next.ns), Self.content(of: next.children)))
            attribute = next.next
        }
        positions?.locate(&element)
        element.children = children(of: node)
        return XMLElement(element)
    }

    private mutating func children(of node: xmlNodePtr) -> [XMLNode] {
        var nodes: [XMLNode] = []
        var next = node.pointee.children
        while let child = next {
            switch child.pointee.type {
            case XML_ELEMENT_NODE: nodes.append(.element(element(child)))
            case XML_TEXT_NODE, XML_CDATA_SECTION_NODE: Self.append(Self.string(child.pointee.content), to: &nodes)
            case XML_COMMENT_NODE: nodes.append(.comment(Self.string(child.pointee.content)))
            default: break
            }
            next = child.pointee.next
        }
        return Self.withoutLayout(nodes)
    }

    /// Neighbours merge, as they do where a processing instruction is dropped between them.
    private static func append(_ text: String, to nodes: inout [XMLNode]) {
        if case .text(let before)? = nodes.last {
            nodes[nodes.count - 1] = .text(before + text)
        } else {
            nodes.append(.text(text))
        }
    }

    /// Where no text has more than white space in it and there is something else, text is layout.
    private static func withoutLayout(_ nodes: [XMLNode]) -> [XMLNode] {
        let hasMarkup = nodes.contains { if case .text = $0 { false } else { true } }
        let isLayout = nodes.allSatisfy { node in
            guard case .text(let text) = node else { return true }
            return text.utf8.allSatisfy(SourceScanner.isSpace)
        }
        guard hasMarkup, isLayout else { return nodes }
        return nodes.filter { if case .text = $0 { false } else { true } }
    }

    private static func content(of first: xmlNodePtr?) -> String {
        var text = ""
        var next = first
        while let node = next {
            text += string(node.pointee.content)
            next = node.pointee.next
        }
        return text
    }

    private static func name(_ local: UnsafePointer<xmlChar>?, _ namespace: UnsafePointer<xmlNs>?) -> String {
        guard let prefix = namespace?.pointee.prefix else { return string(local) }
        return "\(string(prefix)):\(string(local))"
    }

    private static func string(_ pointer: UnsafePointer<xmlChar>?) -> String {
        pointer.map { String(cString: $0) } ?? ""
    }
}

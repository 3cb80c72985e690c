import BerthDiagnostics
import CLibXML2

/// The one owner of a libxml2 parser context, set up so that nothing is fetched, expanded or repaired.
struct ParserContext: ~Copyable {
    fileprivate let pointer: xmlParserCtxtPtr

    /// Without `XML_PARSE_NOENT`, `DTDLOAD`, `RECOVER` and `HUGE`. CDATA sections merge with text.
    private static let options = Int32(
        bitPattern: XML_PARSE_NONET.rawValue | XML_PARSE_NOCDATA.rawValue | XML_PARSE_BIG_LINES.rawValue
            | XML_PARSE_NOXINCNODE.rawValue)

    private static let isLibraryReady: Void = xmlInitParser()

    /// Nil if there is no memory. The sink has to outlive the context.
    init?(reportingTo sink: ErrorSink, _ names: SharedNames? = nil) {
        Self.isLibraryReady
        guard let pointer = xmlNewParserCtxt() else { return nil }
        self.pointer = pointer
        if let shared = names?.pointer {
            xmlDictFree(pointer.pointee.dict)
            pointer.pointee.dict = shared
            xmlDictReference(shared)
        }
        berth_parser_set_errors(pointer, handleParserError, sink.pointer)
        pointer.pointee.sax?.pointee.internalSubset = handleDocumentType
        pointer.pointee.sax?.pointee.startElementNs = handleStartElement
    }

    deinit { xmlFreeParserCtxt(pointer) }

    /// The tree, or nil after an error that the sink has.
    func read(_ bytes: [UInt8], name: String) -> xmlDocPtr? {
        let document = bytes.withUnsafeBytes { buffer in
            let start = buffer.baseAddress?.assumingMemoryBound(to: CChar.self)
            return berth_read_memory(pointer, start, Int32(buffer.count), name, Self.options)
        }
        return accepted(document)
    }

    /// Reads a file that the user trusts, such as a schema.
    func read(path: String) -> xmlDocPtr? { accepted(xmlCtxtReadFile(pointer, path, nil, Self.options)) }

    /// A parser that was stopped leaves the part it has read.
    private func accepted(_ document: xmlDocPtr?) -> xmlDocPtr? {
        if ErrorSink.at(pointer.pointee._private)?.isFatal == true {
            xmlFreeDoc(document)
            return nil
        }
        return document
    }
}

extension ParserContext {
    /// Leaves out of a grammar what the sink's filter does not want.
    func filter() {
        pointer.pointee.sax?.pointee.endElementNs = handleEndElement
        pointer.pointee.sax?.pointee.characters = handleCharacters
        pointer.pointee.sax?.pointee.ignorableWhitespace = handleCharacters
        pointer.pointee.sax?.pointee.comment = nil
        pointer.pointee.sax?.pointee.processingInstruction = nil
    }
}

/// Names of elements and attributes, kept once for several trees: nodes can then move from one to the other.
final class SharedNames {
    let pointer = xmlDictCreate()
    deinit { xmlDictFree(pointer) }
}

private func handleParserError(_ context: UnsafeMutableRawPointer?, _ error: UnsafePointer<xmlError>?) {
    guard let parser = context?.assumingMemoryBound(to: xmlParserCtxt.self), let error else { return }
    ErrorSink.at(parser.pointee._private)?.add(error.pointee, rule: "xml-syntax", isParserError: true)
}

/// Called when the name and the external identifier were read, just before `[` or `>`.
private func handleDocumentType(
    _ context: UnsafeMutableRawPointer?, _ name: UnsafePointer<xmlChar>?, _ externalID: UnsafePointer<xmlChar>?,
    _ systemID: UnsafePointer<xmlChar>?
) {
    guard let parser = context?.assumingMemoryBound(to: xmlParserCtxt.self) else { return }
    if parser.pointee.input?.pointee.cur?.pointee == UInt8(ascii: "[") {
        stop(parser, "a document type declaration with an internal subset is refused", rule: "xml-doctype")
    } else if externalID != nil || systemID != nil {
        stop(parser, "a document type declaration with an external identifier is refused", rule: "xml-doctype")
    } else {
        xmlSAX2InternalSubset(context, name, externalID, systemID)
    }
}

/// Called at the end of a start tag.
private func handleStartElement(
    _ context: UnsafeMutableRawPointer?, _ name: UnsafePointer<xmlChar>?, _ prefix: UnsafePointer<xmlChar>?,
    _ uri: UnsafePointer<xmlChar>?, _ namespaceCount: Int32,
    _ namespaces: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?, _ attributeCount: Int32, _ defaultedCount: Int32,
    _ attributes: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?
) {
    guard let parser = context?.assumingMemoryBound(to: xmlParserCtxt.self) else { return }
    let filter = ErrorSink.at(parser.pointee._private)?.filter
    if let filter, filter.isSkipping {
        filter.depth += 1
        return
    }
    guard parser.pointee.nodeNr < XMLDocument.depthLimit else {
        let message = "elements are nested more than \(XMLDocument.depthLimit) deep"
        return stop(parser, message, rule: "xml-depth")
    }
    xmlSAX2StartElementNs(
        context, name, prefix, uri, namespaceCount, namespaces, attributeCount, defaultedCount, attributes)
    if let filter, let node = parser.pointee.node { filter.enter(node, open: parser.pointee.nodeNr) }
}

private func handleEndElement(
    _ context: UnsafeMutableRawPointer?, _ name: UnsafePointer<xmlChar>?, _ prefix: UnsafePointer<xmlChar>?,
    _ uri: UnsafePointer<xmlChar>?
) {
    guard let parser = context?.assumingMemoryBound(to: xmlParserCtxt.self) else { return }
    if let filter = ErrorSink.at(parser.pointee._private)?.filter, filter.isSkipping {
        filter.depth -= 1
        if filter.isSkipping { return }
    }
    xmlSAX2EndElementNs(context, name, prefix, uri)
}

private func handleCharacters(
    _ context: UnsafeMutableRawPointer?, _ text: UnsafePointer<xmlChar>?, _ count: Int32
) {
    guard let parser = context?.assumingMemoryBound(to: xmlParserCtxt.self) else { return }
    if let filter = ErrorSink.at(parser.pointee._private)?.filter {
        if filter.isSkipping { return }
        // The whole of a text, where the next tag follows.
        if parser.pointee.input?.pointee.cur?.pointee == UInt8(ascii: "<"), let node = parser.pointee.node,
            filter.isLayout(UnsafeBufferPointer(start: text, count: Int(count)), in: node)
        {
            return
        }
    }
    xmlSAX2Characters(context, text, count)
}

private func stop(_ parser: xmlParserCtxtPtr, _ message: String, rule: RuleID) {
    let input = parser.pointee.input?.pointee
    ErrorSink.at(parser.pointee._private)?.refuse(
        message, rule: rule, line: Int(input?.line ?? 1), column: Int(input?.col ?? 1))
    xmlStopParser(parser)
}

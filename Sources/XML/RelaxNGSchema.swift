public import BerthDiagnostics
import CLibXML2
import Synchronization

/// A RELAX NG schema, compiled once and used for any number of documents.
///
/// Calls from several tasks take turns: libxml2 does not promise that a compiled schema can be shared.
public final class RelaxNGSchema: Sendable {
    private let compiled: Mutex<CompiledSchema>
    /// Made when the first document is refused; nil before, and where the schema can no longer be read.
    private let explainer = Mutex<SchemaExplainer?>(nil)
    private let path: String

    /// Compiles a schema file and what it includes from beside it.
    ///
    /// Errors: the file cannot be read (kind `missing`), or is not a RELAX NG schema.
    public init(path: String) throws(InputError) {
        compiled = Mutex(try CompiledSchema(path: path))
        self.path = path
    }

    /// libxml2's verdict on a document: empty if it is valid. A document that `XMLDocument` refuses gets
    /// the findings of that error. Validity errors mostly have a line; where libxml2 knows none, and for the column,
    /// which it never knows, the location says 1.
    public func validate(_ text: String, file: String) -> [Finding] { validate(Array(text.utf8), file: file) }

    public func validate(_ bytes: [UInt8], file: String) -> [Finding] {
        compiled.withLock { $0.validate(bytes, file: file) }
    }

    /// The same verdict in other words: which element, attribute or value is refused and what is taken there, at its
    /// place. `document` is what `bytes` hold. Where our reading of the schema finds nothing, libxml2's own messages.
    public func explain(_ document: XMLDocument, _ bytes: [UInt8], file: String) -> [Finding] {
        explain(validate(bytes, file: file), document, file: file)
    }

    /// Reads a document and explains the verdict on it, parsing it once for both.
    ///
    /// Errors: see `XMLDocument.init(bytes:file:)`.
    public func read(_ bytes: [UInt8], file: String) throws(InputError) -> (document: XMLDocument, findings: [Finding])
    {
        let (document, verdict) = try compiled.withLock { schema throws(InputError) in
            try schema.read(bytes, file: file)
        }
        return (document, explain(verdict, document, file: file))
    }

    private func explain(_ verdict: [Finding], _ document: XMLDocument, file: String) -> [Finding] {
        guard !verdict.isEmpty else { return [] }
        let explained = explainer.withLock { explainer in
            if explainer == nil { explainer = try? SchemaExplainer(path: path) }
            return explainer?.explain(document, file: file) ?? []
        }
        return explained.isEmpty ? verdict : explained
    }
}

/// The one owner of a compiled schema.
private struct CompiledSchema: ~Copyable {
    private let pointer: xmlRelaxNGPtr

    deinit { xmlRelaxNGFree(pointer) }

    init(path: String) throws(InputError) {
        let sink = ErrorSink(file: path)
        let source: ParsedTree
        do {
            source = try ParsedTree(path: path, sink: sink)
        } catch  where sink.isFileMissing {
            // libxml2 says the same for a file that is not there and one that may not be read.
            throw InputError(
                "the schema cannot be read", rule: "xml-schema", at: SourceLocation(file: path), kind: .missing)
        }
        let parser = xmlRelaxNGNewDocParserCtxt(source.pointer)
        defer { xmlRelaxNGFreeParserCtxt(parser) }
        berth_relaxng_set_parser_errors(parser, handleSchemaError, sink.pointer)
        guard let schema = xmlRelaxNGParse(parser) else {
            guard sink.findings.isEmpty else { throw InputError(.unusable, sink.findings) }
            throw InputError("not a RELAX NG schema", rule: "xml-schema", at: SourceLocation(file: path))
        }
        pointer = schema
    }

    borrowing func validate(_ bytes: [UInt8], file: String) -> [Finding] {
        let sink = ErrorSink(file: file)
        do throws(InputError) {
            let tree = try ParsedTree(bytes: bytes, sink: sink)
            return sink.findings + validate(tree, file: file)
        } catch {
            return error.findings
        }
    }

    borrowing func read(
        _ bytes: [UInt8], file: String
    ) throws(InputError) -> (document: XMLDocument, verdict: [Finding]) {
        let sink = ErrorSink(file: file)
        let tree = try ParsedTree(bytes: bytes, sink: sink)
        return (try tree.document(of: bytes, sink), validate(tree, file: file))
    }

    private borrowing func validate(_ tree: borrowing ParsedTree, file: String) -> [Finding] {
        let sink = ErrorSink(file: file)
        let validation = xmlRelaxNGNewValidCtxt(pointer)
        defer { xmlRelaxNGFreeValidCtxt(validation) }
        berth_relaxng_set_valid_errors(validation, handleSchemaError, sink.pointer)
        let verdict = xmlRelaxNGValidateDoc(validation, tree.pointer)
        if verdict != 0, !sink.findings.contains(where: { $0.severity == .error }) {
            sink.refuse("the document does not follow the schema", rule: "xml-schema", line: 1, column: 1)
        }
        return sink.findings
    }
}

private func handleSchemaError(_ context: UnsafeMutableRawPointer?, _ error: UnsafePointer<xmlError>?) {
    guard let error else { return }
    ErrorSink.at(context)?.add(error.pointee, rule: "xml-schema", isParserError: false)
}

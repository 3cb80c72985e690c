import BerthDiagnostics
import CLibXML2

/// The one owner of a compiled schema. Whoever has it is the only one to use it, on whatever thread.
final class CompiledSchema: @unchecked Sendable {
    private let pointer: xmlRelaxNGPtr

    deinit { xmlRelaxNGFree(pointer) }

    /// Errors: the file cannot be read (kind `missing`), or is not a RELAX NG schema.
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
        guard let schema = Self.compile(source.pointer, sink) else {
            guard sink.findings.isEmpty else { throw InputError(.unusable, sink.findings) }
            throw InputError("not a RELAX NG schema", rule: "xml-schema", at: SourceLocation(file: path))
        }
        pointer = schema
    }

    /// For documents that have no other names than those that a grammar was cut to. Nil where only the whole schema
    /// will do. The grammar stays as it was.
    init?(_ grammar: TailoredGrammar, path: String) {
        let compiled = grammar.withVerdictOnly { Self.compile($0, ErrorSink(file: path)) }
        guard let schema = compiled else { return nil }
        pointer = schema
    }

    private static func compile(_ source: xmlDocPtr, _ sink: ErrorSink) -> xmlRelaxNGPtr? {
        let parser = xmlRelaxNGNewDocParserCtxt(source)
        defer { xmlRelaxNGFreeParserCtxt(parser) }
        berth_relaxng_set_parser_errors(parser, handleSchemaError, sink.pointer)
        return xmlRelaxNGParse(parser)
    }

    func validate(_ document: xmlDocPtr, file: String) -> [Finding] {
        let sink = ErrorSink(file: file)
        let validation = xmlRelaxNGNewValidCtxt(pointer)
        defer { xmlRelaxNGFreeValidCtxt(validation) }
        berth_relaxng_set_valid_errors(validation, handleSchemaError, sink.pointer)
        let verdict = xmlRelaxNGValidateDoc(validation, document)
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

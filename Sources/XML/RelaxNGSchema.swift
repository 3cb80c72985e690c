package import BerthDiagnostics
import CLibXML2
import Synchronization

/// A RELAX NG schema for any number of documents, on any number of threads.
///
/// libxml2 does not promise that a compiled schema can be shared, so each call that runs at the same time as another has
/// one of its own.
package final class RelaxNGSchema: Sendable {
    /// When the schema is compiled.
    package enum Compilation: Hashable, Sendable {
        /// Once, in `init`: for many documents.
        case whole
        /// For each document, as much of it as the names of its elements can meet: for one document. The verdict is the same;
        /// the whole is compiled only for a refusal that our own reading of the schema cannot explain.
        case tailored
    }

    private let path: String
    private let compilation: Compilation
    /// Nil until it is needed.
    private let whole: Mutex<CompiledSchema?>
    /// More of the same, for calls at the same time; those that nobody uses now.
    private let spares = Mutex<[CompiledSchema]>([])
    /// What the last document was judged by, with `tailored`: given back with the schema, which takes as long as compiling it.
    private let latest = Mutex<Tailored?>(nil)
    /// Made when the first document is refused; nil before, and where the schema can no longer be read.
    private let explainer = Mutex<SchemaExplainer?>(nil)

    /// Compiles a schema file and what it includes from beside it.
    ///
    /// Errors: the file cannot be read (kind `missing`), or is not a RELAX NG schema. With `tailored` what is wrong with
    /// the schema is an error of `read` and a finding of `validate`.
    package init(path: String, compilation: Compilation = .whole) throws(InputError) {
        self.path = path
        self.compilation = compilation
        whole = Mutex(compilation == .whole ? try CompiledSchema(path: path) : nil)
    }

    /// Whether there is a file that can be read.
    package static func isReadable(_ path: String) -> Bool { berth_is_readable(path) != 0 }

    /// libxml2's verdict on a document: empty if it is valid. A document that `XMLDocument` refuses gets
    /// the findings of that error. Validity errors mostly have a line; where libxml2 knows none, and for the column,
    /// which it never knows, the location says 1.
    package func validate(_ text: String, file: String) -> [Finding] { validate(Array(text.utf8), file: file) }

    package func validate(_ bytes: [UInt8], file: String) -> [Finding] {
        let sink = ErrorSink(file: file)
        do throws(InputError) {
            let tree = try ParsedTree(bytes: bytes, sink: sink)
            return sink.findings + (try verdict(tree, file: file))
        } catch {
            return error.findings
        }
    }

    /// The same verdict in other words: which element, attribute or value is refused and what is taken there, at its
    /// place. `document` is what `bytes` hold. Where our reading of the schema finds nothing, libxml2's own messages.
    package func explain(_ document: XMLDocument, _ bytes: [UInt8], file: String) -> [Finding] {
        explain(validate(bytes, file: file), document, file: file)
    }

    /// Reads a document and explains the verdict on it, parsing it once for both.
    ///
    /// Errors: see `XMLDocument.init(bytes:file:)`.
    package func read(_ bytes: [UInt8], file: String) throws(InputError) -> (document: XMLDocument, findings: [Finding])
    {
        let sink = ErrorSink(file: file)
        let tree = try ParsedTree(bytes: bytes, sink: sink)
        let document = try tree.document(of: bytes, sink)
        // A part of the schema refuses what the whole one refuses; only for its words the whole would have to be compiled.
        if compilation == .tailored, let tailored = Tailored(path: path, tree) {
            let refused = tailored.schema.validate(tree.pointer, file: file)
            // By the same part of the schema as the verdict.
            let explained = refused.isEmpty ? [] : tailored.explainer.explain(document, file: file)
            latest.withLock { $0 = tailored }
            if refused.isEmpty || !explained.isEmpty { return (document, explained) }
        }
        return (document, explain(try wholeVerdict(tree, file: file), document, file: file))
    }

    private func verdict(_ tree: borrowing ParsedTree, file: String) throws(InputError) -> [Finding] {
        if compilation == .tailored,
            Tailored(path: path, tree)?.schema.validate(tree.pointer, file: file).isEmpty == true
        {
            return []
        }
        return try wholeVerdict(tree, file: file)
    }

    private func wholeVerdict(_ tree: borrowing ParsedTree, file: String) throws(InputError) -> [Finding] {
        let document = tree.pointer
        if let findings = whole.withLockIfAvailable({ $0?.validate(document, file: file) }) ?? nil { return findings }
        // Taken, or not compiled yet. Where the file is gone by now, calls take turns.
        let waiting = spares.withLock { $0.popLast() }
        if compilation == .whole, let spare = waiting ?? (try? CompiledSchema(path: path)) {
            defer { spares.withLock { $0.append(spare) } }
            return spare.validate(document, file: file)
        }
        return try whole.withLock { whole throws(InputError) in
            let schema = if let whole { whole } else { try CompiledSchema(path: path) }
            whole = schema
            return schema.validate(document, file: file)
        }
    }

    /// What a document can meet of the schema. Used by one call, and kept when that is done.
    private final class Tailored: @unchecked Sendable {
        let schema: CompiledSchema
        private let grammar: TailoredGrammar
        lazy var explainer = SchemaExplainer(grammar)

        /// Nil where the schema cannot be cut.
        init?(path: String, _ tree: borrowing ParsedTree) {
            guard let grammar = TailoredGrammar(path: path, tree.names),
                let schema = CompiledSchema(grammar, path: path)
            else { return nil }
            (self.grammar, self.schema) = (grammar, schema)
        }
    }

    /// By the part of the schema that a document can meet; nil where the schema cannot be cut. The same as the whole one's
    /// where that accepts, and a refusal, perhaps in other words, where it refuses.
    package func tailoredVerdict(on bytes: [UInt8], file: String) throws(InputError) -> [Finding]? {
        let tree = try ParsedTree(bytes: bytes, sink: ErrorSink(file: file))
        return Tailored(path: path, tree)?.schema.validate(tree.pointer, file: file)
    }

    private func explain(_ verdict: [Finding], _ document: XMLDocument, file: String) -> [Finding] {
        guard !verdict.isEmpty else { return [] }
        let explained = explanation(of: document, file: file)
        return explained.isEmpty ? verdict : explained
    }

    private func explanation(of document: XMLDocument, file: String) -> [Finding] {
        explainer.withLock { explainer in
            if explainer == nil { explainer = try? SchemaExplainer(path: path) }
            return explainer?.explain(document, file: file) ?? []
        }
    }
}

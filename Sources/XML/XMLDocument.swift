package import BerthDiagnostics

/// A document as a value tree.
///
/// Read with libxml2, strictly: no network, no document type declaration that brings entities or another
/// file, no repair of what is not well formed. Processing instructions are dropped, CDATA sections become
/// text, and white space between elements is layout and left out.
package struct XMLDocument: Hashable, Sendable {
    package var root: XMLElement
    /// What libxml2 objects to without refusing the document: prefixes nobody declared.
    package var findings: [Finding]

    /// The most bytes a document may have.
    package static let sizeLimit = 16 << 20
    /// The most elements that may be open at once; libxml2's own limit is 256.
    package static let depthLimit = 200

    /// Reads UTF-8 without a byte order mark.
    ///
    /// Errors: see `init(bytes:file:)`.
    package init(_ text: String, file: String) throws(InputError) {
        try self.init(bytes: Array(text.utf8), file: file)
    }

    /// Reads any encoding that the bytes announce themselves: UTF-8, UTF-16 with a byte order mark, or an
    /// XML declaration that names one.
    ///
    /// Errors: too large, not well formed, nested too deeply, a document type declaration with entities or
    /// an external identifier; each with line and column.
    package init(bytes: [UInt8], file: String) throws(InputError) {
        let sink = ErrorSink(file: file)
        let tree = try ParsedTree(bytes: bytes, sink: sink)
        self = try tree.document(of: bytes, sink)
    }

    /// `findings` has what the parser said.
    init(root: XMLElement, findings: [Finding]) {
        self.root = root
        self.findings = findings
    }
}

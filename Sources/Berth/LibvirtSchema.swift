public import BerthDiagnostics
package import BerthXML

/// The RELAX NG schema of libvirt's domain XML, for any number of documents on any number of threads.
///
/// Every libvirt installs one; make it once and pass it on.
public struct LibvirtSchema: Sendable {
    package let grammar: RelaxNGSchema
    /// Where it was read.
    public let path: String

    /// What a schema is made for, which decides how it is compiled.
    public enum Purpose: Hashable, Sendable {
        /// For one document, as much of the schema as that can meet, each time anew; some milliseconds each.
        case oneDocument
        /// For many documents, the whole of it at once; some tens of milliseconds, and microseconds a document.
        case manyDocuments
    }

    /// Where every distribution's libvirt puts it.
    public static let installedPath = "/usr/share/libvirt/schemas/domain.rng"

    /// Compiles a schema file and what it includes from beside it.
    ///
    /// Errors: the file cannot be read (kind `missing`), or is no RELAX NG schema; made for `oneDocument`, that is a finding of
    /// the first document instead.
    public init(path: String, for purpose: Purpose = .manyDocuments) throws(InputError) {
        grammar = try RelaxNGSchema(path: path, compilation: purpose == .oneDocument ? .tailored : .whole)
        self.path = path
    }

    /// The schema that libvirt installed on this machine; nil where it is not installed or cannot be read.
    public static func installed(for purpose: Purpose = .manyDocuments) -> LibvirtSchema? {
        guard RelaxNGSchema.isReadable(installedPath) else { return nil }
        return try? LibvirtSchema(path: installedPath, for: purpose)
    }
}

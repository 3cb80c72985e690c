package import BerthDiagnostics
import BerthLibvirtDomain
package import BerthXML

/// Judges domain XML: the schema, if there is one, and every rule of `DomainRules`.
package struct DomainValidator: Sendable {
    /// Nil: the rules alone.
    package var schema: RelaxNGSchema?
    package var host: LibvirtHost

    package init(schema: RelaxNGSchema? = nil, host: LibvirtHost = LibvirtHost()) {
        self.schema = schema
        self.host = host
    }

    /// What is wrong with a document, in the order of its lines, each finding with its line of text; no error in it means
    /// that libvirt takes the document. What is not XML at all gives the findings that say so.
    package func validate(_ bytes: [UInt8], file: String) -> [Finding] {
        var findings: [Finding] = []
        do throws(InputError) {
            let (document, refused) = try read(bytes, file: file)
            findings = document.findings + refused + check(document, file: file)
        } catch {
            findings = DomainSource.asking(error).findings
        }
        guard !findings.isEmpty else { return [] }
        return Self.ordered(findings, bytes)
    }

    private func read(_ bytes: [UInt8], file: String) throws(InputError) -> (XMLDocument, [Finding]) {
        if let schema { return try schema.read(bytes, file: file) }
        return (try XMLDocument(bytes: bytes, file: file), [])
    }

    /// The rules alone.
    package func check(_ document: XMLDocument, file: String) -> [Finding] {
        let domain = CheckedDomain(document, file: file, host: host, isHeldAgainstSchema: schema != nil)
        return domain.refusals.map { $0.verdict(in: domain) }
            + DomainRules.findings(in: domain)
    }

    /// By line, errors before warnings; what two rules say in the same words is said once.
    private static func ordered(_ findings: [Finding], _ bytes: [UInt8]) -> [Finding] {
        var seen: Set<Said> = []
        let once = findings.filter { seen.insert(Said(message: $0.message, line: $0.location?.line)).inserted }
        let sorted = once.enumerated().sorted { a, b in
            let (left, right) = (a.element, b.element)
            if left.location?.line != right.location?.line {
                return left.location?.line ?? 0 < right.location?.line ?? 0
            }
            if left.severity != right.severity { return left.severity > right.severity }
            return a.offset < b.offset
        }
        let lines = ExcerptReader(bytes)
        return sorted.map { _, finding in
            var finding = finding
            if let place = finding.location {
                finding.excerpt = lines.excerpt(line: place.line, column: place.column)
            }
            return finding
        }
    }

    private struct Said: Hashable {
        var message: String
        var line: Int?
    }
}

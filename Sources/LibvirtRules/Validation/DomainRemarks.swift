package import BerthDiagnostics
package import BerthXML

/// What libvirt takes for something else than stands there, without a word: elements it drops, numbers it reads as
/// octal, addresses it takes for none.
///
/// Rules of `validate`, for everything else that reads a domain: there they are warnings.
package enum DomainRemarks {
    private static let rules: [any DomainRule] = [NamespaceIsRight(), OctalNumber(), EmptyAddress()]

    /// In the order of the document.
    package static func of(_ document: XMLDocument, file: String) -> [Finding] {
        let domain = CheckedDomain(document, file: file, host: LibvirtHost())
        var findings = rules.flatMap { $0.check(domain) }
        for index in findings.indices { findings[index].severity = .warning }
        return findings.sorted { a, b in
            guard let left = a.location, let right = b.location else { return false }
            return left < right
        }
    }
}

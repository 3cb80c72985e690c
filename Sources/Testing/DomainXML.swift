@_exported public import Berth
import FoundationEssentials

/// A libvirt domain in a test: what is wrong with it, and which addresses its guest will see.
///
/// Works with Swift Testing and XCTest alike, because it only has values and errors. In both, a failure shows the findings
/// with the line and a caret:
///
///     #expect(domain.isValid)                          // Swift Testing
///     XCTAssert(domain.isValid, "\(domain)")           // XCTest
///     try domain.requireValid()                        // either
public struct DomainXML: Hashable, Sendable, CustomStringConvertible {
    /// The document.
    public let domain: Domain
    /// Everything that schema and rules have to say, in the order of the lines.
    public let findings: [Finding]

    /// Judges a text; `file` is its name in messages.
    ///
    /// The schema is the installed libvirt's, compiled for this document. A suite of many keeps one:
    /// `LibvirtSchema.installed()`. Without a schema (nil) the rules judge alone.
    public init(
        _ text: String, file: String = "domain.xml", schema: LibvirtSchema? = .installed(for: .oneDocument)
    ) {
        self.init(Domain(text.utf8, file: file), schema: schema)
    }

    /// Judges a document that is there already; the schema is that of `init(_:file:schema:)`.
    public init(_ domain: Domain, schema: LibvirtSchema? = .installed(for: .oneDocument)) {
        self.domain = domain
        findings = domain.findings(schema: schema)
    }

    /// Reads and judges a file; the schema is that of `init(_:file:schema:)`.
    ///
    /// Errors: the file cannot be read (kind `missing`).
    public init(
        contentsOf path: String, schema: LibvirtSchema? = .installed(for: .oneDocument)
    ) throws(InputError) {
        let content: Data
        do {
            content = try Data(contentsOf: URL(filePath: path))
        } catch {
            throw InputError(
                "the file cannot be read: \(error)", rule: "input", at: InputLocation(file: path), kind: .missing)
        }
        self.init(Domain(content, file: path), schema: schema)
    }

    /// No finding is an error, so that libvirt takes the document; warnings do not count.
    public var isValid: Bool { findings.allSatisfy { $0.severity < .error } }

    /// Findings of one rule; `berth catalog rules` lists the rules.
    public func findings(of rule: RuleID) -> [Finding] { findings.filter { $0.rule == rule } }

    /// Stops a test whose domain has an error.
    ///
    /// Errors: `InvalidDomain`, unless the domain is valid.
    public func requireValid() throws(InvalidDomain) {
        guard isValid else { throw InvalidDomain(findings: findings, description: description) }
    }

    /// `FILE: valid`, or one finding after the other, each with its line and a caret.
    public var description: String {
        findings.isEmpty ? "\(domain.file): valid" : "\n" + findings.map(Self.text).joined(separator: "\n")
    }

    private static func text(_ finding: Finding) -> String {
        guard let excerpt = finding.excerpt else { return finding.description }
        return "\(finding)\n    \(excerpt.text)\n    \(excerpt.caret)"
    }

    /// The guest that libvirt makes of the domain.
    ///
    /// Errors: what libvirt or QEMU would refuse, or what is not modelled, each with its place.
    public func guest() throws(InputError) -> Guest { try domain.guest() }

    /// The addresses that firmware and guest OS give out.
    ///
    /// `adjust` replaces what a domain does not say, such as the guest OS or the QEMU release. Errors: those of `guest()` and of
    /// `adjust`.
    public func prediction(
        adjust: (inout Guest) throws(InputError) -> Void = { _ in }
    ) throws(InputError) -> Prediction {
        var guest = try guest()
        try adjust(&guest)
        return try Prediction(guest)
    }
}

/// A domain that libvirt or QEMU would refuse.
public struct InvalidDomain: Error, Hashable, Sendable, CustomStringConvertible {
    /// Everything that was found, warnings among it.
    public let findings: [Finding]
    /// Every finding with its line and a caret.
    public let description: String
}

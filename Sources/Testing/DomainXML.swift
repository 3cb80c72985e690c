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
package struct DomainXML: Sendable, CustomStringConvertible {
    package let file: String
    package let bytes: [UInt8]
    /// Everything that schema and rules have to say, in the order of the lines.
    package let findings: [Finding]

    /// The schema that the Debian package libvirt0 installs; nil where it is not installed.
    package static let installedSchema: RelaxNGSchema? = try? RelaxNGSchema(
        path: "/usr/share/libvirt/schemas/domain.rng")

    /// Without a schema the rules judge alone.
    package init(_ text: String, file: String = "domain.xml", schema: RelaxNGSchema? = installedSchema) {
        self.init(bytes: Array(text.utf8), file: file, schema: schema)
    }

    package init(bytes: [UInt8], file: String = "domain.xml", schema: RelaxNGSchema? = installedSchema) {
        self.file = file
        self.bytes = bytes
        findings = DomainValidator(schema: schema).validate(bytes, file: file)
    }

    /// Errors: the file cannot be read.
    package init(contentsOf path: String, schema: RelaxNGSchema? = installedSchema) throws {
        self.init(bytes: Array(try Data(contentsOf: URL(filePath: path))), file: path, schema: schema)
    }

    /// No finding is an error: libvirt takes the document. Warnings do not count.
    package var isValid: Bool { findings.allSatisfy { $0.severity < .error } }

    /// Findings of one rule; `berth catalog rules` lists the rules.
    package func findings(of rule: RuleID) -> [Finding] { findings.filter { $0.rule == rule } }

    /// Errors: `InvalidDomain`, unless the domain is valid.
    package func requireValid() throws(InvalidDomain) {
        guard isValid else { throw InvalidDomain(description: description) }
    }

    /// `FILE: valid`, or one finding after the other, each with its line and a caret.
    package var description: String {
        findings.isEmpty ? "\(file): valid" : "\n" + findings.map(Self.text).joined(separator: "\n")
    }

    private static func text(_ finding: Finding) -> String {
        guard let excerpt = finding.excerpt else { return finding.description }
        return "\(finding)\n    \(excerpt.text)\n    \(excerpt.caret)"
    }

    /// The guest that libvirt makes of the domain.
    ///
    /// Errors: what libvirt or QEMU would refuse, or what is not modelled, each with its place.
    package func guest() throws(InputError) -> GuestTopology {
        try Berth.guest(of: XMLDocument(bytes: bytes, file: file), file: file).topology
    }

    /// The addresses that firmware and guest OS give out.
    ///
    /// `adjust` replaces what a domain does not say, such as the guest OS or the QEMU release. Errors: those of `guest()`.
    package func prediction(
        adjust: (inout GuestTopology) -> Void = { _ in }
    ) throws(InputError) -> DomainPrediction {
        var topology = try guest()
        adjust(&topology)
        return DomainPrediction(topology, try Berth.boot(topology))
    }
}

/// A domain that libvirt or QEMU would refuse; the description has every finding.
package struct InvalidDomain: Error, Hashable, CustomStringConvertible {
    package let description: String
}

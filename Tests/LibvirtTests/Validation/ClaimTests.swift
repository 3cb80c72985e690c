import BerthDiagnostics
import BerthLibvirtRules
import Foundation
import TestSupport
import Testing

/// Fragments with many mistakes each: which claims they break, and where.
@Suite struct ClaimTests {
    private static let folder = "Tests/LibvirtTests/Golden/claims"

    /// Ids, severities and places; the sentences are in the examples of rules, and in libvirt's verdicts.
    @Test func `each mistake of a fragment has its own claim and place`() throws {
        let file = PackageRoot.url.appendingPathComponent("\(Self.folder)/fragments.txt")
        var found: [String] = []
        let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
        for (index, line) in lines.enumerated() where !line.hasPrefix("#") {
            let parts = line.split(separator: " ", maxSplits: 1)
            found.append("line \(index + 1)")
            for finding in findings(String(parts[1]), of: parts[0]) {
                let place = finding.location.map { "\($0.line):\($0.column)" } ?? "-"
                found.append("  \(place) \(finding.severity) \(finding.rule)")
            }
        }
        try Golden.expect(found.joined(separator: "\n") + "\n", equals: "\(Self.folder)/found.txt")
    }

    private func findings(_ fragment: String, of kind: Substring) -> [Finding] {
        guard kind != "document" else { return validate(fragment) }
        var text = Validating.domain(
            devices: kind == "devices" ? fragment : "", more: kind == "domain" ? fragment : "")
        let own = [("<vcpu", "  <vcpu>1</vcpu>\n"), ("<features", "  <features><acpi/></features>\n")]
        for (start, line) in own where fragment.contains(start) {
            text = text.replacing(line, with: "", maxReplacements: 1)
        }
        if kind == "os" {
            text = text.replacing("<os><type arch='x86_64' machine='q35'>hvm</type></os>", with: fragment)
        }
        return validate(text)
    }

    /// Without the schema, which has its own words for much of it.
    private func validate(_ text: String) -> [Finding] {
        DomainValidator(host: Validating.recordedHost).validate(Array(text.utf8), file: "f.xml")
    }
}

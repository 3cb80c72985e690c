import BerthDiagnostics
import BerthLibvirtDomain
import Foundation
import TestSupport
import Testing

/// The recorded verdicts of libvirt 9.0: schema, define and domxml-to-native accept exactly what has no error here, and
/// where libvirt printed a text, a rule says the same.
@Suite struct ProbeAgreementTests {
    private struct Recording: Decodable { var cases: [Probe] }

    struct Probe: Decodable, Sendable, CustomTestStringConvertible {
        var name: String
        var xml: String
        var schema: String
        var define: String
        var domxmlToNative: String

        var isAccepted: Bool { schema == "valid" && define == "ok" && domxmlToNative == "ok" }
        /// What libvirt printed, without the class of the error that it puts first.
        var text: String? {
            guard let said = [define, domxmlToNative].first(where: { $0 != "ok" }) else { return nil }
            let classes = ["XML error", "internal error", "unsupported configuration", "operation failed"]
            var text = String(said.drop { $0 != " " }.dropFirst())
            for name in classes where text.hasPrefix(name + ": ") { text.removeFirst(name.count + 2) }
            return text
        }
        var testDescription: String { name }
    }

    private static let probes: [Probe] = {
        let file = PackageRoot.url.appendingPathComponent("Tests/Support/Recorded/libvirt/probes-9.0.json")
        return (try? JSONDecoder().decode(Recording.self, from: Data(contentsOf: file)).cases) ?? []
    }()

    /// What QEMU refuses when libvirt starts it; libvirt itself asks nobody and defines such a domain.
    private static let rulesOfQEMU: Set<RuleID> = [
        "argument-words", "commandline-property", "commandline-property-type", "fw-cfg-once", "override-address",
        "override-property",
    ]

    @Test func `there are 160 probes`() { #expect(Self.probes.count == 160) }

    @Test(arguments: probes)
    func `the verdict is libvirt's`(probe: Probe) throws {
        _ = try #require(Validating.schema, "install the Debian package libvirt0")
        let errors = Validating.findings(probe.xml).filter {
            $0.severity == .error && !Self.rulesOfQEMU.contains($0.rule)
        }
        #expect(errors.isEmpty == probe.isAccepted, "\(errors)")
        if let text = probe.text { #expect(errors.map(\.message).contains(text), "\(errors)") }
        for error in errors { #expect(error.excerpt != nil, "\(error)") }
    }

    @Test func `probes by class`() {
        let accepted = Self.probes.count { $0.isAccepted }
        let withText = Self.probes.count { $0.text != nil }
        let schemaOnly = Self.probes.count { !$0.isAccepted && $0.text == nil }
        #expect(accepted == 73)
        #expect(withText == 76)
        #expect(schemaOnly == 11)
    }
}

import BerthDiagnostics
import BerthXML
import Foundation
import TestSupport
import Testing

/// libvirt's schema, cut to the names of one document, gives the verdict of the whole.
struct TailoredSchemaTests {
    private static let tailored = try? RelaxNGSchema(path: Validating.schemaPath, compilation: .tailored)

    /// Whether the document is valid; both ways say so, the public one in the same words.
    private func isValid(_ text: String, _ name: String) throws -> Bool {
        let whole = try #require(Validating.schema, "install the Debian package libvirt0")
        let tailored = try #require(Self.tailored)
        let expected = whole.validate(text, file: "f")
        let cut = try #require(try tailored.tailoredVerdict(on: Array(text.utf8), file: "f"), "\(name): not cut")
        #expect(cut.isEmpty == expected.isEmpty, "\(name)")
        #expect(tailored.validate(text, file: "f") == expected, "\(name)")
        return expected.isEmpty
    }

    @Test func `of all recorded probes`() throws {
        struct Recording: Decodable {
            struct Probe: Decodable {
                var name: String
                var xml: String
            }
            var cases: [Probe]
        }
        let file = PackageRoot.url.appendingPathComponent("Tests/Support/Recorded/libvirt/probes-9.0.json")
        let probes = try JSONDecoder().decode(Recording.self, from: Data(contentsOf: file)).cases
        #expect(try probes.count { try isValid($0.xml, $0.name) } == 135)
    }

    @Test func `of drawn documents with changes`() throws {
        var counts = [true: 0, false: 0]
        for seed: UInt64 in 70_000..<70_100 {
            let name = "c\(seed)"
            let drawn =
                seed.isMultiple(of: 2)
                ? RandomDomain(seed: seed, name: name) : try RandomDomain(richSeed: seed, name: name)
            for text in [drawn.xml, try DocumentChange(of: drawn.xml, seed: seed).xml] {
                counts[try isValid(text, "seed \(seed)"), default: 0] += 1
            }
        }
        #expect(counts == [true: 133, false: 67])
    }
}

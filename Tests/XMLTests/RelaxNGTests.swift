import BerthDiagnostics
import BerthXML
import Foundation
import Testing

@Suite struct RelaxNGTests {
    private static let grammar = """
        <element name="a" xmlns="http://relaxng.org/ns/structure/1.0">
          <oneOrMore><element name="b"><attribute name="x"/></element></oneOrMore>
        </element>
        """

    private func withSchema<T>(_ text: String, _ body: (String) throws -> T) throws -> T {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).rng")
        try text.write(to: file, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(at: file) }
        return try body(file.path)
    }

    @Test func `one compiled schema judges many documents`() throws {
        try withSchema(Self.grammar) { path in
            let schema = try RelaxNGSchema(path: path)
            for _ in 0..<3 {
                #expect(schema.validate("<a><b x='1'/></a>", file: "f") == [])
                #expect(
                    schema.validate("<a>\n<b x='1'/>\n<b/></a>", file: "f").map(\.description) == [
                        "f:3:1: error: Element b failed to validate attributes [xml-schema]"
                    ])
            }
            #expect(
                schema.validate("<a>", file: "f").map(\.description)
                    == ["f:1:4: error: Premature end of data in tag a line 1 [xml-syntax]"])
        }
    }

    @Test func `one compiled schema serves many tasks`() async throws {
        let schema = try withSchema(Self.grammar) { try RelaxNGSchema(path: $0) }
        let counts = await withTaskGroup(of: Int.self) { group in
            for number in 0..<64 {
                group.addTask { schema.validate(number % 2 == 0 ? "<a><b x='1'/></a>" : "<a/>", file: "f").count }
            }
            return await group.reduce(into: [Int]()) { $0.append($1) }
        }
        #expect(counts.filter { $0 == 0 }.count == 32)
    }

    @Test func `a schema that is not there is missing input`() {
        #expect(
            throws: InputError(
                "the schema cannot be read", rule: "xml-schema", at: SourceLocation(file: "/nowhere/x.rng"),
                kind: .missing)
        ) { try RelaxNGSchema(path: "/nowhere/x.rng") }
    }

    @Test func `XML that is no schema is unusable input`() throws {
        try withSchema("<a/>") { path in
            let error = #expect(throws: InputError.self) { try RelaxNGSchema(path: path) }
            #expect(error?.kind == .unusable)
            #expect(error?.findings.first?.rule == "xml-schema")
        }
    }

    @Test func `libvirt's own schema judges with lines`() throws {
        let path = "/usr/share/libvirt/schemas/domain.rng"
        try #require(FileManager.default.fileExists(atPath: path), "install the Debian package libvirt0")
        let schema = try RelaxNGSchema(path: path)
        let good = """
            <domain type='qemu'>
              <name>x</name>
              <memory>1024</memory>
              <os><type>hvm</type></os>
              <devices/>
            </domain>
            """
        #expect(schema.validate(good, file: "f") == [])
        let bad = schema.validate(good.replacing("<devices/>", with: "<devices><foo/></devices>"), file: "f")
        #expect(
            bad.map(\.description) == [
                "f:1:1: error: Extra element devices in interleave [xml-schema]",
                "f:5:1: error: Element domain failed to validate content [xml-schema]",
            ])
    }
}

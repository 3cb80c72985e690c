import BerthDiagnostics
import BerthXML
import Foundation
import Testing

/// What cutting a grammar has to keep: includes and their overrides, and names that are given in other ways.
struct TailoredGrammarTests {
    private static let files = [
        "main.rng": """
        <grammar xmlns="http://relaxng.org/ns/structure/1.0">
          <include href="parts.rng">
            <define name="colour"><attribute name="colour"><value>red</value></attribute></define>
          </include>
          <start><element name="top"><zeroOrMore><ref name="part"/></zeroOrMore></element></start>
          <define name="part" combine="choice"><element><name>third</name><empty/></element></define>
        </grammar>
        """,
        "parts.rng": """
        <grammar xmlns="http://relaxng.org/ns/structure/1.0">
          <define name="part" combine="choice">
            <choice>
              <element name="first"><ref name="colour"/></element>
              <element name="second" ns="urn:two"><oneOrMore><ref name="part"/></oneOrMore></element>
            </choice>
          </define>
          <define name="colour"><attribute name="colour"><value>blue</value></attribute></define>
        </grammar>
        """,
        "foreign.rng": """
        <grammar xmlns="http://relaxng.org/ns/structure/1.0">
          <start>
            <element name="top"><grammar><start><element name="in"><text/></element></start></grammar></element>
          </start>
        </grammar>
        """,
    ]

    private func withFiles<T>(_ body: (URL) throws -> T) throws -> T {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(at: folder) }
        for (name, text) in Self.files {
            try text.write(to: folder.appendingPathComponent(name), atomically: true, encoding: .utf8)
        }
        return try body(folder)
    }

    @Test(arguments: [
        ("<top/>", true), ("<top><first colour='red'/></top>", true), ("<top><first colour='blue'/></top>", false),
        ("<top><third/><t:second xmlns:t='urn:two'><first colour='red'/></t:second></top>", true),
        ("<top><second><third/></second></top>", false), ("<top><t:second xmlns:t='urn:two'/></top>", false),
        ("<top><fourth/></top>", false), ("<first colour='red'/>", false),
    ])
    func `the part and the whole agree`(text: String, isValid: Bool) throws {
        try withFiles { folder in
            let path = folder.appendingPathComponent("main.rng").path
            let whole = try RelaxNGSchema(path: path)
            let tailored = try RelaxNGSchema(path: path, compilation: .tailored)
            #expect(whole.validate(text, file: "f").isEmpty == isValid)
            #expect(try tailored.tailoredVerdict(on: Array(text.utf8), file: "f")?.isEmpty == isValid)
            #expect(tailored.validate(text, file: "f") == whole.validate(text, file: "f"))
        }
    }

    @Test func `a grammar within a grammar is left whole`() throws {
        try withFiles { folder in
            let schema = try RelaxNGSchema(
                path: folder.appendingPathComponent("foreign.rng").path, compilation: .tailored)
            #expect(try schema.tailoredVerdict(on: Array("<top><in/></top>".utf8), file: "f") == nil)
            #expect(schema.validate("<top><in/></top>", file: "f") == [])
            #expect(schema.validate("<top/>", file: "f").map(\.location?.line) == [1])
        }
    }

    @Test func `what is wrong with the schema is found when it is used`() throws {
        let schema = try RelaxNGSchema(path: "/nowhere/x.rng", compilation: .tailored)
        #expect(
            schema.validate("<a/>", file: "f").map(\.description)
                == ["/nowhere/x.rng:1:1: error: the schema cannot be read [xml-schema]"])
    }
}

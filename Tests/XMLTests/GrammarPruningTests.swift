import BerthDiagnostics
import BerthXML
import Foundation
import TestSupport
import Testing

/// A grammar that is cut to what a document can match refuses what the whole one refuses, and is whole again when it explains.
struct GrammarPruningTests {
    private func withSchema<T>(_ grammar: String, _ body: (String) throws -> T) throws -> T {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).rng")
        try grammar.write(to: file, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(at: file) }
        return try body(file.path)
    }

    private static func grammar(_ body: String) -> String {
        "<grammar xmlns='http://relaxng.org/ns/structure/1.0'>\(body)</grammar>"
    }

    private static let kinds = grammar(
        """
        <start><element name='top'>
          <optional><attribute name='size'><ref name='size'/></attribute></optional>
          <choice>
            <group><ref name='left'/><ref name='right'/></group>
            <element name='both'><empty/></element>
            <optional><element name='maybe'><text/></element></optional>
          </choice>
          <interleave>
            <zeroOrMore><ref name='loop'/></zeroOrMore>
            <optional><element name='mixed'><mixed><optional><element name='bold'><text/></element></optional></mixed></element></optional>
          </interleave>
        </element></start>
        <define name='size'><choice><value>small</value><value>large</value></choice></define>
        <define name='left'><element name='left'><attribute name='needed'/></element></define>
        <define name='right'><element name='right'><oneOrMore><element name='item'><text/></element></oneOrMore></element></define>
        <define name='loop'><element name='loop'><optional><ref name='loop'/></optional></element></define>
        """)

    @Test(arguments: [
        ("<top/>", true), ("<top size='small'/>", true), ("<top size='huge'/>", false), ("<top other=''/>", false),
        ("<top><both/></top>", true), ("<top><maybe>yes</maybe></top>", true), ("<top><both/><maybe/></top>", false),
        ("<top><left needed=''/><right><item/></right></top>", true), ("<top><left needed=''/></top>", false),
        ("<top><left/><right><item/></right></top>", false), ("<top><left needed=''/><right/></top>", false),
        ("<top><loop><loop/></loop><loop/></top>", true), ("<top><loop><top/></loop></top>", false),
        ("<top><mixed>a<bold>b</bold>c</mixed><loop/></top>", true), ("<top><mixed/></top>", true),
        ("<top><mixed><item/></mixed></top>", false), ("<bold/>", false),
    ])
    func `each kind of pattern`(text: String, isValid: Bool) throws {
        try withSchema(Self.kinds) { path in
            let bytes = Array(text.utf8)
            let whole = try RelaxNGSchema(path: path)
            let tailored = try RelaxNGSchema(path: path, compilation: .tailored)
            #expect(whole.validate(text, file: "f").isEmpty == isValid)
            #expect(try tailored.tailoredVerdict(on: bytes, file: "f")?.isEmpty == isValid)
            #expect(try tailored.read(bytes, file: "f").findings == whole.read(bytes, file: "f").findings)
        }
    }

    @Test func `what is not in the document is still proposed`() throws {
        try withSchema(Self.kinds) { path in
            let schema = try RelaxNGSchema(path: path, compilation: .tailored)
            let found = try schema.read(Array("<top sise='small'><lop/></top>".utf8), file: "f").findings
            #expect(
                found.map(\.description) == [
                    "f:1:6: error: attribute 'sise' is not known on <top>; did you mean 'size'? [schema-attribute]",
                    "f:1:19: error: <lop> is not known in <top>; did you mean <loop>? [schema-element]",
                ])
        }
    }

    // MARK: Drawn grammars

    /// A pattern over few names, so that documents meet some of it.
    private struct Drawing {
        var random: Seeded
        static let names = ["a", "b", "c", "d"]

        mutating func below(_ count: Int) -> Int { Int.random(in: 0..<count, using: &random) }
        mutating func name() -> String { Self.names[below(Self.names.count)] }

        mutating func pattern(_ depth: Int) -> String {
            switch below(depth > 0 ? 11 : 3) {
            case 0: "<element name='\(name())'><empty/></element>"
            case 1: "<element name='\(name())'><optional><attribute name='\(name())'/></optional></element>"
            case 2: "<ref name='p\(below(3))'/>"
            case 3:
                "<interleave><optional><element name='e'><empty/></element></optional>\(pattern(depth - 1))</interleave>"
            case 4: "<element name='\(name())'>\(pattern(depth - 1))</element>"
            case 5: "<optional>\(pattern(depth - 1))</optional>"
            case 6: "<zeroOrMore>\(pattern(depth - 1))</zeroOrMore>"
            case 7: "<oneOrMore>\(pattern(depth - 1))</oneOrMore>"
            case 8: "<group>\(pattern(depth - 1))\(pattern(depth - 1))</group>"
            case 9: "<choice>\(pattern(depth - 1))\(pattern(depth - 1))</choice>"
            default: "<element name='\(name())'><attribute name='\(name())'/>\(pattern(depth - 1))</element>"
            }
        }

        mutating func element(_ depth: Int, named given: String? = nil) -> String {
            let name = given ?? (below(8) == 0 ? "e" : name())
            let attribute = below(3) == 0 ? " \(self.name())=''" : ""
            let count = depth > 0 ? below(3) : 0
            return "<\(name)\(attribute)>\((0..<count).map { _ in element(depth - 1) }.joined())</\(name)>"
        }
    }

    @Test func `drawn grammars and documents`() throws {
        var counts = [true: 0, false: 0]
        for seed: UInt64 in 0..<400 {
            var draw = Drawing(random: Seeded(seed))
            let definitions = (0..<3).map {
                "<define name='p\($0)'><element name='\(draw.name())'>\(draw.pattern(2))</element></define>"
            }
            let start = "<start><element name='a'>\(draw.pattern(3))</element></start>"
            try withSchema(Self.grammar(start + definitions.joined())) { path in
                // Not every drawn grammar keeps the rules of RELAX NG.
                guard let whole = try? RelaxNGSchema(path: path) else { return }
                let tailored = try RelaxNGSchema(path: path, compilation: .tailored)
                for _ in 0..<10 {
                    let text = draw.element(2, named: "a")
                    let isValid = whole.validate(text, file: "f").isEmpty
                    counts[isValid, default: 0] += 1
                    let cut = try tailored.tailoredVerdict(on: Array(text.utf8), file: "f")
                    #expect(cut?.isEmpty == isValid, "seed \(seed): \(text) by \(start)\(definitions)")
                }
            }
        }
        #expect(counts == [true: 261, false: 3559])
    }
}

import Foundation
import TestSupport
import Testing

/// What people feed the tool, and what the right answer shows: `expect.json` beside `Cases`.
@Suite struct FieldTests {
    /// One expectation: regular expressions that the output, standard error included, has and has not.
    struct Expectation: Decodable, CustomTestStringConvertible {
        var id: String
        var argv: [String]
        /// What is right, and how it is known.
        var why: String
        var status: Int?
        var says: [String]?
        var silent: [String]?
        var notBoth: [[String]]?

        var testDescription: String { id }
    }

    static let cases: [Expectation] = {
        let file = PackageRoot.url.appendingPathComponent("Tests/FieldTests/expect.json")
        return (try? JSONDecoder().decode([Expectation].self, from: Data(contentsOf: file))) ?? []
    }()

    /// What is not right yet, and what it waits for. Whoever mends one takes it off the list.
    static let waiting: [String: String] = [:]

    @Test func `there are cases, and who waits is one of them`() {
        #expect(Self.cases.count >= 35)
        #expect(Self.waiting.keys.filter { id in !Self.cases.contains { $0.id == id } } == [])
    }

    @Test(arguments: cases) func `the answer is right where it was asked`(expected: Expectation) async throws {
        let arguments = expected.argv.map { word in
            word.hasPrefix("@") ? "Tests/FieldTests/Cases/\(word.dropFirst())" : word
        }
        let run = try await BuiltTool.run(arguments)
        let wrong = try Self.wrong(run, expected)
        if let reason = Self.waiting[expected.id] {
            #expect(wrong != [], "\(expected.id) is right now and does not wait for \(reason) any more")
        } else {
            #expect(wrong == [], "\(expected.why)")
        }
    }

    private static func wrong(_ run: BuiltTool.Run, _ expected: Expectation) throws -> [String] {
        let text = run.output + run.complaint
        func has(_ pattern: String) throws -> Bool { try text.contains(Regex(pattern).anchorsMatchLineEndings()) }
        var wrong: [String] = []
        if let status = expected.status, status != run.status { wrong.append("status \(run.status), not \(status)") }
        wrong += try (expected.says ?? []).filter { try !has($0) }.map { "does not say \($0)" }
        wrong += try (expected.silent ?? []).filter(has).map { "says \($0)" }
        wrong += try (expected.notBoth ?? []).filter { try $0.allSatisfy(has) }.map { "has both of \($0)" }
        return wrong
    }
}

import BerthDiagnostics
import Testing

@Suite struct SourceExcerptTests {
    private func lines(_ text: String, _ line: Int, _ column: Int) -> [String]? {
        ExcerptReader(Array(text.utf8)).excerpt(line: line, column: column).map { [$0.text, $0.caret] }
    }

    @Test func `the caret is below the column`() {
        #expect(lines("one\ntwo three\n", 2, 5) == ["two three", "    ^"])
        #expect(lines("one", 1, 1) == ["one", "^"])
        #expect(lines("one\r\ntwo", 1, 4) == ["one", "   ^"])
    }

    @Test func `tabs stay tabs and characters are not bytes`() {
        #expect(lines("\tä<b/>", 1, 3) == ["\tä<b/>", "\t ^"])
    }

    @Test func `what is not there has no excerpt`() {
        #expect(lines("one", 2, 1) == nil)
        #expect(lines("one", 0, 1) == nil)
        #expect(lines("one", 1, 99) == ["one", "   ^"])
    }

    @Test func `a long line is cut around the place`() throws {
        let text = String(repeating: "x", count: 500) + "<b/>" + String(repeating: "y", count: 1 << 20)
        let excerpt = try #require(ExcerptReader(Array(text.utf8)).excerpt(line: 1, column: 501))
        #expect(excerpt.text.count == 160)
        #expect(Array(excerpt.text)[excerpt.column - 1] == "<")
    }

    @Test func `control characters cannot reach a terminal`() {
        #expect(lines("a\u{1b}[31m\u{0}b", 1, 1) == ["a\u{FFFD}[31m\u{FFFD}b", "^"])
    }

    @Test func `UTF-16 is read`() {
        let units = Array("a\nbö<".utf16)
        let bytes: [UInt8] = [0xff, 0xfe] + units.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
        #expect(ExcerptReader(bytes).excerpt(line: 2, column: 3) == SourceExcerpt(text: "bö<", column: 3))
    }
}

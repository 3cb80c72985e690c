import BerthDiagnostics
import Testing

struct FindingTests {
    @Test func `a finding with a place starts with file, line and column`() {
        let place = SourceLocation(file: "a.xml", line: 3, column: 14)
        let finding = Finding(.error, "no such device", rule: "device-unknown", at: place)
        #expect(finding.description == "a.xml:3:14: error: no such device [device-unknown]")
    }

    @Test func `a finding without a place starts with its severity`() {
        #expect(Finding(.warning, "odd", rule: "r").description == "warning: odd [r]")
        #expect(Finding(.note, "by the way", rule: "r").description == "note: by the way [r]")
    }

    @Test func `severities are ordered by how bad they are`() {
        #expect(Severity.allCases.sorted() == [.note, .warning, .error])
        #expect(!(Severity.error < .error))
    }

    @Test func `places are ordered by file, then line, then column`() {
        let places = [
            SourceLocation(file: "b", line: 1, column: 1), SourceLocation(file: "a", line: 10, column: 1),
            SourceLocation(file: "a", line: 2, column: 9), SourceLocation(file: "a", line: 2, column: 8),
        ]
        #expect(places.sorted().map(\.description) == ["a:2:8", "a:2:9", "a:10:1", "b:1:1"])
    }

    @Test func `an error prints one finding per line`() {
        let error = InputError(.missing, [Finding(.error, "x", rule: "a"), Finding(.note, "y", rule: "b")])
        #expect(error.description == "error: x [a]\nnote: y [b]")
    }

    @Test func `an error with one message is an unusable input unless told otherwise`() {
        #expect(InputError("x", rule: "a").kind == .unusable)
        #expect(InputError("x", rule: "a", kind: .missing).kind == .missing)
        #expect(InputError("x", rule: "a").findings == [Finding(.error, "x", rule: "a")])
    }

    @Test func `a fact prints its statement and its rule`() {
        #expect(Fact("gap", "the window is full", ["size": .bytes(4096)]).description == "the window is full [gap]")
    }

    @Test(arguments: [(0, 1, "0x0"), (255, 1, "0xff"), (10, 4, "0x000a"), (0x12345, 2, "0x12345")])
    func `hexadecimal text is lower case and padded`(value: Int, digits: Int, text: String) {
        #expect(Hexadecimal.string(value, digits: digits) == text)
        #expect(Hexadecimal.plain(value, digits: digits) == String(text.dropFirst(2)))
    }
}

import BerthDiagnostics
import BerthXML
import Foundation
import Testing

@Suite struct RefusalTests {
    private func refusal(_ text: String) -> [String] { refusal(Array(text.utf8)) }

    private func refusal(_ bytes: [UInt8]) -> [String] {
        do throws(InputError) {
            _ = try XMLDocument(bytes: bytes, file: "f")
            return []
        } catch {
            return error.findings.map(\.description)
        }
    }

    @Test(arguments: [
        ("", "f:1:1: error: the document is empty; expected XML [xml-start]"),
        (" \n", "f:2:1: error: no start tag was found; expected XML [xml-start]"),
        ("<a>\n<b>\n</a>", "f:3:5: error: Opening and ending tag mismatch: b line 2 and a [xml-syntax]"),
        ("<a>\n<b/>", "f:2:5: error: Premature end of data in tag a line 1 [xml-syntax]"),
        ("<a>\n  &x;</a>", "f:2:6: error: Entity 'x' not defined [xml-syntax]"),
        ("<a x='1' x='2'/>", "f:1:15: error: Attribute x redefined [xml-syntax]"),
        ("<a/>\n<b/>", "f:2:1: error: Extra content at the end of the document [xml-syntax]"),
        ("<a>\n&#0;</a>", "f:2:5: error: xmlParseCharRef: invalid xmlChar value 0 [xml-syntax]"),
    ])
    func `what is not well formed is refused where it is wrong`(text: String, message: String) {
        #expect(refusal(text) == [message])
    }

    @Test func `an entity bomb is refused before anything expands`() {
        var text = "<?xml version='1.0'?>\n<!DOCTYPE a [\n<!ENTITY e0 'x'>\n"
        for level in 1...30 { text += "<!ENTITY e\(level) '&e\(level - 1);&e\(level - 1);'>\n" }
        text += "]>\n<a>&e30;</a>"
        #expect(
            refusal(text)
                == ["f:2:13: error: a document type declaration with an internal subset is refused [xml-doctype]"])
    }

    @Test(arguments: ["SYSTEM 'file:///etc/passwd'", "PUBLIC '-//x' 'http://127.0.0.1:9/x.dtd'"])
    func `an external identifier is refused and nothing is fetched`(identifier: String) {
        let column = "<!DOCTYPE a \(identifier)".count + 1
        #expect(
            refusal("<!DOCTYPE a \(identifier)>\n<a/>")
                == [
                    "f:1:\(column): error: a document type declaration with an external identifier is refused [xml-doctype]"
                ])
    }

    @Test func `an external entity is refused with its declaration`() {
        #expect(
            refusal("<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>")
                == ["f:1:13: error: a document type declaration with an internal subset is refused [xml-doctype]"])
    }

    @Test func `three hundred levels are refused at the two hundred and first`() {
        let text = (1...300).map { _ in "<a>" }.joined(separator: "\n") + String(repeating: "</a>", count: 300)
        #expect(refusal(text) == ["f:201:3: error: elements are nested more than 200 deep [xml-depth]"])
    }

    @Test func `a NUL byte is refused where it is`() {
        let found = refusal("<a>\nxy\u{0}</a>")
        #expect(found.count == 1)
        #expect(found.first?.hasPrefix("f:2:3: error: ") == true)
    }

    @Test func `UTF-8 that is none is refused where it is`() {
        let found = refusal(Array("<a>\nx".utf8) + [0xff, 0xfe] + Array("</a>".utf8))
        #expect(found.count == 1)
        #expect(found.first?.hasPrefix("f:2:2: error: Input is not proper UTF-8, indicate encoding !") == true)
    }

    @Test func `a document over 16 MiB is refused unread`() {
        let bytes = [UInt8](repeating: UInt8(ascii: "<"), count: (16 << 20) + 1)
        #expect(refusal(bytes) == ["f:1:1: error: the document has 16777217 bytes, more than 16777216 [xml-size]"])
    }

    @Test func `sixteen mebibytes of one text are read without much more memory`() throws {
        let before = try residentMemory()
        let bytes = Array("<a>".utf8) + [UInt8](repeating: UInt8(ascii: "x"), count: 8 << 20) + Array("</a>".utf8)
        #expect(try XMLDocument(bytes: bytes, file: "f").root.text.utf8.count == 8 << 20)
        #expect(try residentMemory() - before < 256 << 20)
    }

    private func residentMemory() throws -> Int {
        let fields = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8).split(separator: " ")
        return (Int(fields[1]) ?? 0) * 4096
    }
}

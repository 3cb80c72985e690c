import BerthDiagnostics
import BerthXML
import Foundation
import Testing

@Suite struct ReadingTests {
    @Test func `elements have their lines, attributes and text`() throws {
        let document = try XMLDocument(
            "<?xml version='1.0'?>\n<a>\n  <b x='1&amp;2'>t<![CDATA[<]]></b>\n</a>", file: "f")
        #expect(document.root.line == 2)
        let b = try #require(document.root.first("b"))
        #expect(b.line == 3)
        #expect(b["x"] == "1&2")
        #expect(b.children == [.text("t<")])
        #expect(document.findings == [])
    }

    @Test func `white space between elements is layout, beside text it is not`() throws {
        let document = try XMLDocument("<a> <b> </b> <?pi x?> <c> t <d/> </c></a>", file: "f")
        #expect(document.root.elements().map(\.name) == ["b", "c"])
        #expect(document.root.children.count == 2)
        #expect(document.root.first("b")?.children == [.text(" ")])
        #expect(document.root.first("c")?.text == " t  ")
    }

    @Test func `a prefix nobody declared is a finding, not an error`() throws {
        let document = try XMLDocument("<a>\n<q:b/></a>", file: "f")
        #expect(document.root.elements().map(\.name) == ["q:b"])
        #expect(
            document.findings.map(\.description)
                == ["f:2:5: warning: Namespace prefix q on b is not defined [xml-syntax]"])
    }

    @Test func `UTF-16 with a byte order mark is read`() throws {
        let text = "<a>\n<b x='ü'/></a>"
        for (mark, isLittle) in [([0xff, 0xfe], true), ([0xfe, 0xff], false)] as [([UInt8], Bool)] {
            let bytes =
                mark
                + text.utf16.flatMap {
                    isLittle ? [UInt8($0 & 255), UInt8($0 >> 8)] : [UInt8($0 >> 8), UInt8($0 & 255)]
                }
            let document = try XMLDocument(bytes: bytes, file: "f")
            #expect(document.root.first("b")?["x"] == "ü")
            #expect(document.root.first("b")?.line == 2)
        }
    }

    @Test func `a document type declaration that brings nothing is dropped`() throws {
        #expect(try XMLDocument("<!DOCTYPE a>\n<a/>", file: "f").root.withoutLines == XMLElement("a"))
    }

    @Test func `two hundred levels are read`() throws {
        let text = String(repeating: "<a>", count: 200) + String(repeating: "</a>", count: 200)
        var depth = 1
        var element = try XMLDocument(text, file: "f").root
        while let child = element.first("a") {
            element = child
            depth += 1
        }
        #expect(depth == 200)
    }

    @Test func `long documents keep their line numbers`() throws {
        let text = "<a>" + String(repeating: "\n", count: 70_000) + "<b/></a>"
        #expect(try XMLDocument(text, file: "f").root.first("b")?.line == 70_001)
    }
}

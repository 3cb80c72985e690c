import BerthDiagnostics
import BerthXML
import Testing

@Suite struct PositionTests {
    private func places(_ element: XMLElement) -> [String] {
        let own = ([element.position] + element.attributes.map(\.position)).map { position in
            position.map { "\($0.line):\($0.column)@\($0.offset)" } ?? "-"
        }
        return ["\(element.name) \(own.joined(separator: " "))"] + element.elements().flatMap(places)
    }

    @Test func `elements and attributes know where they begin`() throws {
        let text =
            "<?xml version='1.0'?>\n<!-- <x a='1'> -->\n<a>\r\n\t<b x = '1'\n   y=\">\"/><?p <q z='1'/>?><c/></a>\n"
        #expect(
            try places(XMLDocument(text, file: "f").root) == [
                "a 3:1@41", "b 4:2@47 4:5@50 5:4@61", "c 5:27@84",
            ])
    }

    @Test func `columns count characters and offsets bytes`() throws {
        let text = "\u{FEFF}<ä><!--€😀--><b ü='é' x='1'/></ä>"
        #expect(
            try places(XMLDocument(text, file: "f").root) == ["ä 1:1@3", "b 1:13@21 1:16@24 1:22@32"])
    }

    @Test func `namespace declarations and CDATA sections do not shift anything`() throws {
        let text = "<a xmlns='u' x='1' xmlns:q='v' q:y='2'><![CDATA[<b z='1'>]]><q:b z='3'/>]] ></a>"
        #expect(
            try places(XMLDocument(text, file: "f").root) == ["a 1:1@0 1:14@13 1:32@31", "q:b 1:61@60 1:66@65"])
    }

    @Test func `a document type declaration is passed over`() throws {
        let text = "<!DOCTYPE a>\n<a/>"
        #expect(try places(XMLDocument(text, file: "f").root) == ["a 2:1@13"])
    }

    @Test(arguments: [true, false])
    func `UTF-16 has the positions of its text`(isLittleEndian: Bool) throws {
        let units = Array("\u{FEFF}<ä>\n<b x='1'/></ä>".utf16)
        let bytes = units.flatMap { unit in
            let pair = [UInt8(unit & 0xff), UInt8(unit >> 8)]
            return isLittleEndian ? pair : pair.reversed()
        }
        #expect(try places(XMLDocument(bytes: bytes, file: "f").root) == ["ä 1:1@3", "b 2:1@8 2:4@11"])
    }

    @Test func `in a single-byte encoding every byte is a character`() throws {
        let bytes =
            Array("<?xml version='1.0' encoding='ISO-8859-1'?><a x='".utf8) + [0xe4, 0xc3] + Array("' y=''/>".utf8)
        let root = try XMLDocument(bytes: bytes, file: "f").root
        #expect(root["x"] == "äÃ")
        #expect(places(root) == ["a 1:44@43 1:47@46 1:54@53"])
    }

    @Test func `an encoding with other characters in ASCII bytes has no positions`() throws {
        let bytes = Array("<?xml version='1.0' encoding='Shift_JIS'?><a x='1'/>".utf8)
        #expect(try places(XMLDocument(bytes: bytes, file: "f").root) == ["a - -"])
    }

    @Test func `comparing without lines leaves positions out`() throws {
        #expect(
            try XMLDocument("<a  x='1'><b/></a>", file: "f").root.withoutLines
                == XMLDocument("<a x=\"1\">\n<b></b></a>", file: "f").root.withoutLines)
    }
}

import BerthDiagnostics
import BerthXML
import Testing

@Suite struct EditorTests {
    private func edited(_ text: String, _ body: (inout XMLEditor, XMLElement) -> Void) throws -> String {
        var editor = try XMLEditor(bytes: Array(text.utf8), file: "f")
        body(&editor, editor.document.root)
        return String(decoding: try editor.result(), as: UTF8.self)
    }

    @Test func `without a change every byte stays`() throws {
        let text =
            "\u{FEFF}<?xml version='1.0'?>\r\n<!DOCTYPE a >\n<a\tx = '1' y=\"&#x41;\">\r\n<!-- c --><b ></b >&amp;<![CDATA[<]]><?p ?></a >\n\n<!-- end -->"
        #expect(try edited(text) { _, _ in } == text)
    }

    @Test func `a value is replaced in its own quotes`() throws {
        let text = "<a  x = '1'  y=\"2\" ><b z='3'/></a>"
        #expect(
            try edited(text) { editor, root in
                editor.set("x", to: "it's \"<\"", of: root)
                editor.set("y", to: "it's \"<\"", of: root)
                editor.set("z", to: "é\n", of: root.elements()[0])
            } == "<a  x = 'it&apos;s \"&lt;\"'  y=\"it's &quot;&lt;&quot;\" ><b z='é&#10;'/></a>")
    }

    @Test func `a new attribute stands behind the others, as they stand`() throws {
        #expect(
            try edited("<a x=\"1\"><b/><c\n   y='1'\n   z='2'></c></a>") { editor, root in
                editor.set("n", to: "1", of: root)
                editor.set("o", to: "2", of: root)
                for child in root.elements() { editor.set("n", to: "1", of: child) }
            } == "<a x=\"1\" n=\"1\" o=\"2\"><b n=\"1\"/><c\n   y='1'\n   z='2'\n   n='1'></c></a>")
    }

    @Test func `an attribute goes with the space in front of it`() throws {
        #expect(
            try edited("<a x='1'  y='2' z='3' ><b w='1'/></a>") { editor, root in
                editor.set("y", to: nil, of: root)
                editor.set("nothing", to: nil, of: root)
                editor.set("w", to: nil, of: root.elements()[0])
            } == "<a x='1' z='3' ><b/></a>")
    }

    private let block = """
        <a>
        \t<!-- of b -->
        \t<b q="1"/> <!-- same line -->
        \t<c>
        \t\t<d/>
        \t</c>
        \t<e></e><f/>
        </a>

        """

    private let new = XMLElement("new", ["x": "1"], [XMLElement("in")])

    @Test func `a sibling comes behind the line, with its indentation, quotes and line ends`() throws {
        let result = try edited(block.replacing("\n", with: "\r\n")) { editor, root in
            editor.insert(new, after: root.elements()[0])
            editor.insert(XMLElement("last"), after: root.elements()[0])
        }
        #expect(
            result
                == block.replacing(
                    "<!-- same line -->\n",
                    with: "<!-- same line -->\n\t<new x=\"1\">\n\t\t<in/>\n\t</new>\n\t<last/>\n"
                ).replacing("\n", with: "\r\n"))
    }

    @Test func `a sibling in front and one behind a block`() throws {
        let result = try edited(block) { editor, root in
            editor.insert(XMLElement("p"), before: root.elements()[1])
            editor.insert(XMLElement("n"), after: root.elements()[1])
        }
        #expect(
            result == block.replacing("\t<c>", with: "\t<p/>\n\t<c>").replacing("\t</c>\n", with: "\t</c>\n\t<n/>\n"))
    }

    @Test func `children are appended behind the last one`() throws {
        #expect(
            try edited(block) { editor, root in
                editor.append(XMLElement("n"), to: root.elements()[1])
                editor.append(XMLElement("o"), to: root.elements()[1])
            } == block.replacing("<d/>\n", with: "<d/>\n\t\t<n/>\n\t\t<o/>\n"))
        // Where the last child has no line of its own, neither has the new one.
        #expect(
            try edited(block) { editor, root in editor.append(XMLElement("n"), to: root) }
                == block.replacing("<f/>", with: "<f/><n/>"))
    }

    @Test(arguments: [
        ("<a>\n  <b/>\n</a>", "<a>\n  <b>\n    <n/>\n  </b>\n</a>"),
        ("<a>\n  <b x='1' />\n</a>", "<a>\n  <b x='1'>\n    <n/>\n  </b>\n</a>"),
        ("<a>\n  <b></b>\n</a>", "<a>\n  <b>\n    <n/>\n  </b>\n</a>"),
        ("<a>\n  <b>\n  </b>\n</a>", "<a>\n  <b>\n    <n/>\n  </b>\n</a>"),
        ("<a>\n  <b>\n    <!-- c -->\n  </b>\n</a>", "<a>\n  <b>\n    <!-- c -->\n    <n/>\n  </b>\n</a>"),
        ("<a><b/></a>", "<a><b><n/></b></a>"), ("<a><b></b></a>", "<a><b><n/></b></a>"),
        ("<a>\n  <b><c/></b>\n</a>", "<a>\n  <b><c/><n/></b>\n</a>"),
    ])
    func `an element gets its first child`(before: String, after: String) throws {
        #expect(
            try edited(before) { editor, root in editor.append(XMLElement("n"), to: root.elements()[0]) } == after)
    }

    @Test func `an element goes with its line, if it has one`() throws {
        #expect(
            try edited(block) { editor, root in
                editor.remove(root.elements()[1])
                editor.remove(root.elements()[3])
            } == block.replacing("\t<c>\n\t\t<d/>\n\t</c>\n", with: "").replacing("<f/>", with: ""))
        #expect(
            try edited("<a>\r\n  <b/>\r\n</a>") { editor, root in editor.remove(root.elements()[0]) } == "<a>\r\n</a>")
        // The comment beside it stays.
        #expect(
            try edited(block) { editor, root in editor.remove(root.elements()[0]) }
                == block.replacing("<b q=\"1\"/>", with: ""))
    }

    @Test func `what is put in the place of removed children has their line`() throws {
        #expect(
            try edited("<a>\n  <b/>\n  <c/>\n</a>\n") { editor, root in
                for child in root.elements() { editor.remove(child) }
                editor.append(XMLElement("n"), to: root)
            } == "<a>\n  <n/>\n</a>\n")
        #expect(
            try edited("<a>\n  <b/>\n  <c/>\n</a>\n") { editor, root in
                editor.remove(root.elements()[0])
                editor.insert(XMLElement("n"), after: root.elements()[0])
                editor.replace(root.elements()[1], with: new)
            } == "<a>\n  <n/>\n  <new x='1'>\n    <in/>\n  </new>\n</a>\n")
    }

    @Test func `a prefix is declared for what comes with it`() throws {
        let namespace = "http://libvirt.org/schemas/domain/qemu/1.0"
        #expect(
            try edited("<a type='kvm'>\n  <b/>\n</a>") { editor, root in
                editor.set("xmlns:qemu", to: namespace, of: root)
                editor.append(XMLElement("qemu:commandline", [:], [XMLElement("qemu:arg", ["value": "-S"])]), to: root)
            }
                == "<a type='kvm' xmlns:qemu='\(namespace)'>\n  <b/>\n  <qemu:commandline>\n    <qemu:arg value='-S'/>\n"
                + "  </qemu:commandline>\n</a>")
    }

    @Test func `what no document can hold is refused`() throws {
        var editor = try XMLEditor(bytes: Array("<a/>".utf8), file: "f")
        editor.append(XMLElement("q:x"), to: editor.document.root)
        #expect(throws: XMLWritingError.self) { try editor.result() }
        var other = try XMLEditor(bytes: Array("<a/>".utf8), file: "f")
        other.set("x", to: "\u{0}", of: other.document.root)
        #expect(throws: XMLWritingError.self) { try other.result() }
    }

    @Test func `a document keeps its encoding`() throws {
        let latin = Array("<?xml version='1.0' encoding='ISO-8859-1'?><a x='".utf8) + [0xe4] + Array("'/>".utf8)
        var editor = try XMLEditor(bytes: latin, file: "f")
        editor.set("y", to: "ä€", of: editor.document.root)
        #expect(try editor.result() == latin.dropLast(2) + Array(" y='&#228;&#8364;'/>".utf8))
        #expect(try editor.readable().after.hasSuffix("<a x='ä' y='&#228;&#8364;'/>"))
        let wide = "\u{FEFF}<a>\n<b x='ü'/></a>".utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] }
        var second = try XMLEditor(bytes: wide, file: "f")
        second.set("x", to: "€", of: second.document.root.elements()[0])
        #expect(
            try second.result() == "\u{FEFF}<a>\n<b x='€'/></a>".utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] })
    }

    @Test func `an encoding that cannot be taken apart is refused`() {
        let bytes = Array("<?xml version='1.0' encoding='Shift_JIS'?><a/>".utf8)
        let error = #expect(throws: InputError.self) { try XMLEditor(bytes: bytes, file: "f") }
        #expect(
            error?.description
                == "f:1:1: error: a document in this encoding cannot be changed in place; convert it to UTF-8 [xml-encoding]"
        )
    }
}

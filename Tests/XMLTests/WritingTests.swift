import BerthXML
import Testing

@Suite struct WritingTests {
    private func message(_ element: XMLElement) -> String? {
        do throws(XMLWritingError) {
            _ = try element.serialized()
            return nil
        } catch {
            return error.description
        }
    }

    @Test func `elements are indented by two spaces and attributes have single quotes`() throws {
        let tree = XMLElement(
            "a", ["x": "1", "y": ""], [XMLElement("b", text: "t"), XMLElement("c", [:], [XMLElement("d")])])
        #expect(try tree.serialized() == "<a x='1' y=''>\n  <b>t</b>\n  <c>\n    <d/>\n  </c>\n</a>\n")
    }

    @Test func `everything that a parser would change is escaped`() throws {
        let tree = XMLElement("a", ["v": "<>&'\"\t\n\r]]>é"], text: "<>&'\"\t\n\r]]>é\u{1F600}")
        #expect(
            try tree.serialized()
                == "<a v='&lt;&gt;&amp;&apos;\"&#9;&#10;&#13;]]&gt;é'>&lt;&gt;&amp;'\"\t\n&#13;]]&gt;é\u{1F600}</a>\n")
        #expect(try XMLDocument(tree.serialized(), file: "x").root.withoutLines == tree)
    }

    @Test func `an element with text stays on one line`() throws {
        var tree = XMLElement("p", text: "one ")
        tree.append(XMLElement("b", [:], [XMLElement("i")]))
        tree.children.append(.comment(" c "))
        #expect(try tree.serialized() == "<p>one <b><i/></b><!-- c --></p>\n")
    }

    @Test func `namespace declarations stand behind the attributes`() throws {
        let tree = XMLElement(
            "domain", ["type": "kvm"], namespaces: [XMLNamespace("qemu", "http://q/1")], [XMLElement("qemu:arg")])
        #expect(try tree.serialized() == "<domain type='kvm' xmlns:qemu='http://q/1'>\n  <qemu:arg/>\n</domain>\n")
    }

    @Test func `a tree that was written reads back as the same tree`() throws {
        var tree = XMLElement(
            "domain", ["type": "kvm"], namespaces: [XMLNamespace("", "urn:d"), XMLNamespace("q", "urn:q")],
            [XMLElement("q:x", ["q:y": " a  b "], text: " leading and trailing "), XMLElement("empty")])
        tree.children.append(.comment("-- not allowed is two; one - is".replacing("--", with: "-")))
        #expect(try XMLDocument(tree.serialized(), file: "x").root.withoutLines == tree)
    }

    @Test func `what no document can hold is refused with its path`() {
        let nested = XMLElement("a", [:], [XMLElement("b", text: "x\u{0}y")])
        #expect(message(nested) == "<a/b>: the character U+0000 cannot occur in XML")
        #expect(message(XMLElement("a", ["v": "\u{1B}"])) == "<a>: the character U+001B cannot occur in XML")
        #expect(message(XMLElement("a", text: "\u{FFFE}")) == "<a>: the character U+FFFE cannot occur in XML")
        #expect(message(XMLElement("1a")) == "<1a>: '1a' is not a name for an element")
        #expect(message(XMLElement("a", ["b c": ""])) == "<a>: 'b c' is not a name for an attribute")
        #expect(message(XMLElement("q:a")) == "<q:a>: the prefix 'q' of the element 'q:a' is not declared")
        #expect(message(XMLElement("a", ["b": "1", "b": "2"])) == "<a>: the attribute 'b' is given twice")
        var commented = XMLElement("a")
        commented.children = [.comment("a--b")]
        #expect(message(commented) == "<a>: a comment cannot hold '--' or end with '-': 'a--b'")
        #expect(
            message(XMLElement("a", ["xmlns:q": "u"])) == "<a>: 'xmlns:q' is a namespace declaration, not an attribute")
    }

    @Test func `setting an attribute keeps its place, appends or removes`() {
        var tree = XMLElement("a", ["x": "1", "y": "2"])
        tree["x"] = "3"
        tree["z"] = "4"
        tree["y"] = nil
        #expect(tree.attributes == [XMLAttribute("x", "3"), XMLAttribute("z", "4")])
        #expect(tree["y"] == nil)
    }
}

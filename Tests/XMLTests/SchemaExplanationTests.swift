import BerthDiagnostics
import BerthXML
import Foundation
import Testing

/// libxml2 says "Extra element devices in interleave" for every mistake below devices; here is what it should say.
@Suite struct SchemaExplanationTests {
    private static let schema = try? RelaxNGSchema(path: "/usr/share/libvirt/schemas/domain.rng")

    private func explain(devices: String = "", more: String = "") throws -> [String] {
        let schema = try #require(Self.schema, "install the Debian package libvirt0")
        let text = """
            <domain type='qemu'>
            <name>x</name><memory>1024</memory><os><type>hvm</type></os>
            \(more)
            <devices>
            \(devices)
            </devices></domain>
            """
        let document = try XMLDocument(text, file: "f")
        return schema.explain(document, Array(text.utf8), file: "f").map(\.description)
    }

    @Test func `a valid document needs no explanation`() throws {
        #expect(try explain() == [])
        #expect(try explain(devices: "<controller type='pci' index='0' model='pcie-root'/>") == [])
    }

    @Test(arguments: [
        (
            "<fooBar/>",
            "f:5:1: error: <fooBar> is not known in <devices> [schema-element]"
        ),
        (
            "<controler type='usb'/>",
            "f:5:1: error: <controler> is not known in <devices>; did you mean <controller>? [schema-element]"
        ),
        (
            "<controller type='pci' index='1'/>",
            "f:5:1: error: <controller> lacks the attribute 'model' [schema-missing]"
        ),
        (
            "<hostdev mode='subsystem' type='pci' managed='maybe'><source><address bus='0'/></source></hostdev>",
            "f:5:38: error: attribute 'managed' of <hostdev> is 'maybe'; expected 'no' or 'yes' [schema-value]"
        ),
        (
            "<hostdev mode='subsystem' type='pci'/>",
            "f:5:1: error: <hostdev> lacks <source> [schema-missing]"
        ),
        (
            "<hostdev mode='subsystem' type='pci' display='on'><source><address bus='0'/></source></hostdev>",
            "f:5:38: error: attribute 'display' is not allowed on <hostdev mode='subsystem' type='pci'> [schema-attribute]"
        ),
        (
            "<memballoon model='none'><address type='pci' slot='0x20'/></memballoon>",
            "f:5:46: error: attribute 'slot' of <address> is '0x20'; expected text like (0x)?[0-1]?[0-9a-fA-F] or a whole number from 0 up to 31 [schema-value]"
        ),
        (
            "<controller type='pci' index='1' model='pcie-root-port'><pcihole64>1</pcihole64></controller>",
            "f:5:57: error: <pcihole64> is not allowed in <controller type='pci' model='pcie-root-port'> here [schema-element]"
        ),
        (
            "<emulator>qemu</emulator>",
            "f:5:1: error: <emulator> is 'qemu'; expected text like (/|[a-zA-Z]:\\\\).+ [schema-value]"
        ),
        (
            "<memballoon model='none'/><memballoon model='none'/>",
            "f:5:27: error: another <memballoon> in <devices>; the schema allows one [schema-element]"
        ),
        (
            "<memballoon model='none'>text</memballoon>",
            "f:5:1: error: text 'text' is not allowed in <memballoon> [schema-value]"
        ),
    ])
    func `one mistake has one finding at its place`(devices: String, message: String) throws {
        #expect(try explain(devices: devices) == [message])
    }

    @Test func `several mistakes are all found`() throws {
        let found = try explain(
            devices: "<fooBar/>\n<memballoon modell='none'/>\n<emulator>x</emulator>", more: "<vcpu>many</vcpu>")
        #expect(
            found.map { String($0.prefix { $0 != ";" }) } == [
                "f:3:1: error: <vcpu> is 'many'", "f:5:1: error: <fooBar> is not known in <devices> [schema-element]",
                "f:6:13: error: attribute 'modell' is not known on <memballoon>",
                "f:6:1: error: <memballoon> lacks the attribute 'model' [schema-missing]",
                "f:7:1: error: <emulator> is 'x'",
            ])
    }

    @Test func `a namespace is told apart from a name`() throws {
        let schema = try #require(Self.schema, "install the Debian package libvirt0")
        let text = """
            <domain type='qemu' xmlns:qemu='http://libvirt.org/schemas/domain/qemu/2.0'>
            <name>x</name><memory>1024</memory><os><type>hvm</type></os><devices/>
            <qemu:commandline><qemu:arg value='-S'/></qemu:commandline></domain>
            """
        let found = schema.explain(try XMLDocument(text, file: "f"), Array(text.utf8), file: "f")
        #expect(
            found.map(\.message) == [
                "<qemu:commandline> is in the namespace 'http://libvirt.org/schemas/domain/qemu/2.0'; expected "
                    + "'http://libvirt.org/schemas/domain/qemu/1.0'"
            ])
        #expect(found.first?.fix == "declare xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0' on <domain>")
    }

    @Test func `hundreds of mistakes give twenty findings`() throws {
        #expect(try explain(devices: String(repeating: "<fooBar/>", count: 500)).count == 20)
    }

    @Test func `patterns of a small schema`() throws {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).rng")
        try """
        <grammar xmlns="http://relaxng.org/ns/structure/1.0"
          datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes">
          <start><element name="a"><ref name="b"/><ref name="b"/><optional><element name="c"><list>
            <oneOrMore><data type="unsignedByte"/></oneOrMore></list></element></optional></element></start>
          <define name="b"><element name="b"><attribute name="x"><choice><value>1</value><value>2</value></choice>
          </attribute></element></define>
        </grammar>
        """.write(to: file, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(at: file) }
        let schema = try RelaxNGSchema(path: file.path)
        let found = { (text: String) throws -> [String] in
            schema.explain(try XMLDocument(text, file: "f"), Array(text.utf8), file: "f").map(\.message)
        }
        #expect(try found("<a><b x='1'/><b x='2'/><c>1 255</c></a>") == [])
        #expect(try found("<a><b x='1'/></a>") == ["<a> lacks <b>"])
        #expect(try found("<a><b x='1'/><b x='3'/></a>") == ["attribute 'x' of <b> is '3'; expected '1' or '2'"])
        #expect(try found("<a><b x='1'/><b x='1'/><b x='1'/></a>") == ["another <b> in <a>; the schema allows one"])
        #expect(try found("<a><b x='1'/><b x='2'/><c>256</c></a>") == ["<c> is '256'; expected unsignedByte"])
        #expect(try found("<z/>") == ["the root element is <z>; expected <a>"])
    }
}

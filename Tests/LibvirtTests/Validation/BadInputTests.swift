import BerthDiagnostics
import BerthLibvirtRules
import BerthXML
import Foundation
import Testing

/// Documents that attack, or that are wrong in ways a careless reader misses.
@Suite struct BadInputTests {
    private func found(_ text: String) -> [String] { found(Array(text.utf8)) }

    private func found(_ bytes: [UInt8]) -> [String] {
        DomainValidator(schema: Validating.schema, host: Validating.recordedHost).validate(bytes, file: "f")
            .map(\.description)
    }

    @Test func `entity bombs, external entities and DTDs are refused unread`() {
        var bomb = "<!DOCTYPE domain [<!ENTITY a 'x'>"
        for level in 1...40 { bomb += "<!ENTITY a\(level) '&a\(level - 1);&a\(level - 1);'>" }
        #expect(
            found(bomb + "]><domain>&a40;</domain>") == [
                "f:1:18: error: a document type declaration with an internal subset is refused [xml-doctype]"
            ])
        #expect(
            found("<!DOCTYPE d [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><d>&x;</d>") == [
                "f:1:13: error: a document type declaration with an internal subset is refused [xml-doctype]"
            ])
        #expect(
            found("<!DOCTYPE d SYSTEM 'http://127.0.0.1:9/d.dtd'><d/>").first
                == "f:1:46: error: a document type declaration with an external identifier is refused [xml-doctype]")
    }

    @Test func `two hundred levels are judged, more are refused`() {
        let deep = String(repeating: "<a>", count: 200) + String(repeating: "</a>", count: 200)
        #expect(found(deep).contains { $0.hasSuffix("[xml-root]") })
        let deeper = String(repeating: "<a>", count: 300) + String(repeating: "</a>", count: 300)
        #expect(found(deeper) == ["f:1:603: error: elements are nested more than 200 deep [xml-depth]"])
    }

    @Test func `a hundred megabytes are refused unread`() {
        let bytes = [UInt8](repeating: UInt8(ascii: "<"), count: 100 << 20)
        #expect(found(bytes) == ["f:1:1: error: the document has 104857600 bytes, more than 16777216 [xml-size]"])
    }

    @Test func `a megabyte of one attribute is cut in what is shown`() throws {
        let text = Validating.domain(
            devices: "<controller type='pci' index='1' model='\(String(repeating: "x", count: 1 << 20))'/>")
        let findings = Validating.findings(text)
        #expect(findings.contains { $0.severity == .error })
        for finding in findings { #expect((finding.excerpt?.text.count ?? 0) <= 160) }
    }

    @Test func `NUL bytes, a missing tag and nothing at all are errors with a place`() {
        #expect(found("<domain>\n a\u{0}</domain>").first?.hasPrefix("f:2:3: error: ") == true)
        #expect(
            found("<domain>\n<name>x</name>") == [
                "f:2:15: error: Premature end of data in tag domain line 1 [xml-syntax]"
            ])
        #expect(
            found("") == [
                "f:1:1: error: the document is empty; expected XML; give a libvirt domain, as 'virsh dumpxml NAME' prints it [xml-start]"
            ])
        #expect(
            found("machine: pc\n") == [
                "f:1:1: error: no start tag was found; expected XML; give a libvirt domain, as 'virsh dumpxml NAME' prints it [xml-start]"
            ])
        #expect(found([0xff, 0xff, 0xff]).count == 1)
    }

    @Test func `UTF-16 is judged like UTF-8, with the same places`() {
        let text = Validating.domain(devices: Validating.hostDevice(0, 31))
        let bytes: [UInt8] = [0xff, 0xfe] + text.utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
        #expect(found(bytes) == found(text))
        #expect(found(text).contains { $0.hasSuffix("[pci-double-use]") })
    }

    @Test func `a wrong namespace drops what is in it, which is an error`() {
        let text = Validating.domain(
            more: "<qemu:commandline><qemu:arg value='-S'/></qemu:commandline>"
        ).replacing("qemu/1.0", with: "qemu/2.0")
        #expect(found(text).contains { $0.contains("error: ") && $0.hasSuffix("[qemu-namespace]") })
    }

    @Test(arguments: [
        ("slot='010'", "warning octal-number"), ("slot='1e'", "error libvirt-number"),
        ("slot='2 '", "error libvirt-number"),
        ("slot='-2'", "error libvirt-number"), ("slot='99999999999999999999'", "error libvirt-number"),
        ("slot='0' function='1'", "warning empty-address"),
    ])
    func `numbers are read as C reads them`(attributes: String, expected: String) throws {
        let text = Validating.domain(devices: "<sound model='ich9'><address type='pci' \(attributes)/></sound>")
        let found = Validating.findings(text).filter { !$0.rule.rawValue.hasPrefix("schema-") }
        #expect(found.map { "\($0.severity) \($0.rule)" } == [expected])
        let line = try #require(text.split(separator: "\n").first { $0.contains("<sound") })
        let attribute = try #require(line.range(of: attributes.contains("function") ? "function=" : "slot="))
        #expect(found.first?.location?.column == line.distance(from: line.startIndex, to: attribute.lowerBound) + 1)
    }

    @Test func `white space and a plus before a number are taken, as libvirt does`() {
        let text = Validating.domain(devices: "<sound model='ich9'><address type='pci' slot=' 5'/></sound>")
        #expect(found(text) == [])
    }

    @Test(arguments: ["index='2147483647'", "index='256'", "index='-1'", "index='0x1'", "index='99999999999'"])
    func `an index as large as it gets is an error, soon`(index: String) {
        let text = Validating.domain(devices: "<controller type='pci' \(index) model='pcie-root-port'/>")
        #expect(found(text).contains { $0.contains(": error: ") })
    }

    @Test func `ten thousand devices end in an answer`() {
        let text = Validating.domain(devices: String(repeating: "<rng model='virtio'/>", count: 10_000))
        #expect(found(text).contains { $0.contains(": error: ") })
    }
}

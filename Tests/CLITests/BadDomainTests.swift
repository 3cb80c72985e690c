import Foundation
import TestSupport
import Testing

/// Documents that attack, or are wrong, given to every verb that reads a domain: an answer with a place, and soon.
@Suite struct BadDomainTests {
    static let verbs = [
        ["validate", "--any-host"], ["apply"], ["convert", "--machine", "q35"], ["plan"], ["simulate"],
    ]

    private static let devices =
        "<devices><hostdev mode='subsystem' type='pci'><source>ADDRESS</source></hostdev></devices>"
    private static func domain(_ address: String) -> String {
        """
        <domain type='qemu'><name>g</name><memory>1048576</memory>
        <os><type arch='x86_64' machine='pc'>hvm</type></os>
        \(devices.replacing("ADDRESS", with: address))</domain>
        """
    }

    private static let bomb =
        "<!DOCTYPE domain [<!ENTITY a 'x'>" + (1...40).map { "<!ENTITY a\($0) '&a\($0 - 1);&a\($0 - 1);'>" }.joined()
        + "]><domain>&a40;</domain>"
    private static let deep = String(repeating: "<a>", count: 300) + String(repeating: "</a>", count: 300)

    /// With what the message has to say.
    static let documents: [(text: String, message: String)] = [
        (bomb, ":1:18: error: a document type declaration with an internal subset is refused [xml-doctype]"),
        (
            "<!DOCTYPE d [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><domain>&x;</domain>",
            ":1:13: error: a document type declaration with an internal subset is refused [xml-doctype]"
        ),
        (
            "<!DOCTYPE d SYSTEM 'http://127.0.0.1:9/d.dtd'><domain/>",
            ":1:46: error: a document type declaration with an external identifier is refused [xml-doctype]"
        ),
        (deep, ":1:603: error: elements are nested more than 200 deep [xml-depth]"),
        ("<domain>\n<name>x</name>", ":2:15: error: Premature end of data in tag domain line 1 [xml-syntax]"),
        (
            domain("<address domain='0' bus='0' slot='1e' function='0'/>"),
            "Invalid value for attribute 'slot' in element 'address': '1e'. Expected non-negative integer value"
        ),
        (
            domain("<address domain='0' bus='0' slot='2' function='f'/>"),
            "Invalid value for attribute 'function' in element 'address': 'f'. Expected non-negative integer value"
        ),
        (
            domain("<address domain='0' bus='0' slot='0:0:0.f' function='0'/>"),
            "Invalid value for attribute 'slot' in element 'address': '0:0:0.f'. Expected non-negative integer value"
        ),
    ]

    @Test(arguments: verbs, documents.indices)
    func `an error has a place, and nothing is fetched or expanded`(verb: [String], number: Int) async throws {
        let document = Self.documents[number]
        let run = try await BuiltTool.run(
            [verb[0], "-"] + verb.dropFirst(), input: document.text, after: "ulimit -t 20")
        #expect(run.status == (verb[0] == "validate" ? 1 : 65), "\(run.complaint)")
        #expect((run.output + run.complaint).contains(document.message), "\(run.output)\(run.complaint)")
        if verb[0] != "validate" { #expect(run.output == "") }
    }

    @Test(arguments: verbs)
    func `NUL bytes are refused where they are`(verb: [String]) async throws {
        let run = try await BuiltTool.run([verb[0], "-"] + verb.dropFirst(), input: "<domain>\n a\u{0}</domain>")
        #expect(run.status == (verb[0] == "validate" ? 1 : 65))
        #expect((run.output + run.complaint).contains("-:2:3: error: "), "\(run.output)\(run.complaint)")
    }

    @Test(arguments: verbs)
    func `a hundred megabytes are refused unread`(verb: [String]) async throws {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("berth-\(UUID().uuidString).xml")
        defer { try? FileManager.default.removeItem(at: file) }
        #expect(FileManager.default.createFile(atPath: file.path, contents: Data("<domain>".utf8)))
        let handle = try FileHandle(forWritingTo: file)
        try handle.truncate(atOffset: 100 << 20)
        try handle.close()
        let run = try await BuiltTool.run([verb[0], file.path] + verb.dropFirst())
        #expect(run.status == 65)
        #expect(
            (run.output + run.complaint).contains("the file has 104857600 bytes; the most that is read is 67108864"),
            "\(run.complaint)")
    }

    /// `plan` on standard input, where no name says what it is.
    @Test(arguments: ["plan", "compare"])
    func `a domain without IGD is told what to add, by its content`(verb: String) async throws {
        let text = Self.domain("").replacing(Self.devices.replacing("ADDRESS", with: ""), with: "<devices/>")
        let run = try await BuiltTool.run([verb, "-"], input: text)
        #expect(run.status == 65)
        #expect(
            run.complaint.contains(
                "error: 'g' has no IGD; add a <hostdev mode='subsystem' type='pci'> of an Intel display at 0000:00:02.0, "
                    + "or a host with --host [no-igd]\n"), "\(run.complaint)")
    }

    @Test(arguments: ["apply", "convert"])
    func `UTF-16 is read like UTF-8`(verb: String) async throws {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("berth-\(UUID().uuidString).xml")
        defer { try? FileManager.default.removeItem(at: file) }
        let text = Self.domain("<address domain='0' bus='0' slot='1e' function='0'/>")
        let bytes: [UInt8] = [0xff, 0xfe] + text.utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
        try Data(bytes).write(to: file)
        let run = try await BuiltTool.run([verb, file.path] + (verb == "convert" ? ["--machine", "q35"] : []))
        #expect(run.status == 65)
        #expect(run.complaint.contains(":3:83: error: Invalid value for attribute 'slot'"), "\(run.complaint)")
    }
}

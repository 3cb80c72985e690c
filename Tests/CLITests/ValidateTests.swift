import BerthXML
import Foundation
import TestSupport
import Testing

/// `berth validate` as a process.
struct ValidateTests {
    private static let good = """
        <domain type='qemu'><name>g</name><memory>1048576</memory>
        <os><type arch='x86_64' machine='q35'>hvm</type></os><devices/></domain>
        """
    private static let bad = """
        <domain type='qemu'><name>g</name><memory>1048576</memory>
        <os><type arch='x86_64' machine='q35'>hvm</type></os>
        <devices>
          <sound model='ich9'><address type='pci' slot='0x1f' function='0x0'/></sound>
          <memballoon model='virtio'><address type='pci' slot='0x05' function='0x1'/></memballoon>
        </devices></domain>
        """

    /// Files of a folder that the tool runs over; names are below the folder.
    private func withFiles(
        _ files: [String: String], _ body: ([String: String]) async throws -> Void
    ) async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("berth-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        var paths: [String: String] = [:]
        for (name, text) in files {
            let file = folder.appendingPathComponent(name)
            try text.write(to: file, atomically: true, encoding: .utf8)
            paths[name] = file.path
        }
        try await body(paths)
    }

    private func run(_ arguments: [String], input: String = "") async throws -> BuiltTool.Run {
        try await BuiltTool.run(["validate", "--any-host"] + arguments, input: input)
    }

    @Test func `a good document is valid`() async throws {
        let run = try await run(["--schema", "none", "-"], input: Self.good)
        #expect(run.status == 0)
        #expect(run.complaint == "")
        #expect(run.output == "1 file, 1 valid: nothing found (no schema, the rules alone)\n")
    }

    @Test func `findings have the line, a caret and a fix`() async throws {
        let run = try await run(["--schema", "none", "-"], input: Self.bad)
        #expect(run.status == 1)
        #expect(
            run.output == """
                -:4:23: error: Attempted double use of PCI Address 0000:00:1f.0 [pci-double-use]
                    4 |   <sound model='ich9'><address type='pci' slot='0x1f' function='0x0'/></sound>
                      |                       ^
                      = write slot='0x01'; the ICH9 LPC bridge is there
                1 file, 0 valid: 1 error (no schema, the rules alone)

                """)
    }

    @Test func `the installed schema is named`() async throws {
        let run = try await run(["-"], input: Self.good.replacing("<devices/>", with: "<devices><foo/></devices>"))
        #expect(run.status == 1)
        #expect(
            run.output.contains("-:2:63: error: <foo> is not known in <devices> [schema-element]\n"), "\(run.output)")
        #expect(run.output.hasSuffix("(schema /usr/share/libvirt/schemas/domain.rng and rules)\n"))
    }

    @Test func `one bad file does not stop the others`() async throws {
        try await withFiles(["a.xml": "<domain", "b.xml": Self.bad, "c.xml": Self.good]) { paths in
            let names = ["a.xml", "b.xml", "c.xml"].compactMap { paths[$0] }
            let run = try await run(["--schema", "none"] + names)
            #expect(run.status == 1)
            #expect(run.output.contains("\(names[2]): valid\n3 files, 1 valid: 2 errors"), "\(run.output)")
            let missing = try await self.run(["--schema", "none", "/nowhere/x.xml"] + names)
            #expect(missing.status == 66)
            #expect(missing.output.hasPrefix("/nowhere/x.xml:1:1: error: there is no such file [input]\n"))
            #expect(missing.output.contains("4 files, 1 valid: 3 errors"))
        }
    }

    @Test func `warnings are no error unless they are to be`() async throws {
        let text = Self.good.replacing(
            "<devices/>",
            with:
                "<devices><memballoon model='virtio'><address type='pci' slot='5' function='1'/></memballoon></devices>"
        )
        #expect(try await run(["-"], input: text).status == 0)
        #expect(try await run(["--strict", "-"], input: text).status == 1)
    }

    @Test(arguments: [
        (["validate"], 64), (["validate", "--format", "png", "-"], 64), (["validate", "--qemu-version", "x", "-"], 64),
        (["validate", "--schema", "/nowhere/x.rng", "-"], 66), (["validate", "/nowhere/x.xml"], 66),
        (["validate", "Sources"], 66), (["validate", "Sources/*.xml"], 66),
        (["validate", "--schema", "README.md", "-"], 65),
        (["validate", "--schema", "none", "-o", "/nowhere/at/all", "-"], 73),
    ])
    func `exit statuses`(arguments: [String], status: Int) async throws {
        #expect(try await BuiltTool.run(arguments, input: Self.good).status == status)
    }

    @Test func `JSON has every finding with its place`() async throws {
        let run = try await run(["--schema", "none", "--format", "json", "-"], input: Self.bad)
        let document = try #require(
            try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
        #expect(document["valid"] as? Bool == false)
        #expect(document["errors"] as? Int == 1)
        let files = try #require(document["files"] as? [[String: Any]])
        let finding = try #require((files.first?["findings"] as? [[String: Any]])?.first)
        #expect(finding["rule"] as? String == "pci-double-use")
        #expect(finding["line"] as? Int == 4)
        #expect(finding["column"] as? Int == 23)
        #expect(finding["severity"] as? String == "error")
        #expect(finding["fix"] as? String == "write slot='0x01'; the ICH9 LPC bridge is there")
    }

    @Test func `SARIF follows its schema`() async throws {
        try await withFiles(["a b.xml": Self.bad, "c.xml": "<domain"]) { paths in
            let names = ["a b.xml", "c.xml"].compactMap { paths[$0] }
            let run = try await run(["--schema", "none", "--format", "sarif", "-"] + names, input: Self.good)
            #expect(run.status == 1)
            let log = try JSONSerialization.jsonObject(with: Data(run.output.utf8))
            #expect(try SARIFSchema.violations(log) == [])
            let runs = try #require((log as? [String: Any])?["runs"] as? [[String: Any]])
            let results = try #require(runs.first?["results"] as? [[String: Any]])
            #expect(results.count == 2)
            #expect(results.compactMap { $0["ruleId"] as? String } == ["pci-double-use", "xml-syntax"])
            #expect(run.output.contains("a%20b.xml"))
        }
    }

    @Test func `the check of SARIF can fail`() throws {
        let wrong: [String: Any] = ["version": "2.0", "runs": [["results": [["level": "bad"]]]]]
        #expect(
            try SARIFSchema.violations(wrong) == [
                "$.runs[0]: tool is missing", "$.runs[0].results[0]: message is missing",
                "$.runs[0].results[0].level: bad is not one of [\"none\", \"note\", \"warning\", \"error\"]",
                "$.version: 2.0 is not one of [\"2.1.0\"]",
            ])
    }

    @Test func `JUnit is XML with one case a file`() async throws {
        try await withFiles(["<&\">.xml": Self.bad]) { paths in
            let run = try await run(
                ["--schema", "none", "--format", "junit", "-", paths.values.first ?? "", "/nowhere/x.xml"],
                input: Self.good)
            let suites = try XMLDocument(run.output, file: "junit").root
            #expect(suites.name == "testsuites")
            #expect(["tests", "failures", "errors"].map { suites[$0] } == ["3", "1", "1"])
            let cases = try #require(suites.first("testsuite")).elements("testcase")
            #expect(cases.count == 3)
            #expect(cases[0].elements().isEmpty)
            #expect(cases[1]["name"] == paths.values.first)
            #expect(cases[1].first("failure")?["type"] == "pci-double-use")
            #expect(cases[2].first("error")?["message"] == "there is no such file")
        }
    }
}

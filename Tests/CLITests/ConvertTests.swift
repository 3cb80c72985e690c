import Foundation
import TestSupport
import Testing

/// What `berth convert` leaves behind, in files and on its outputs.
@Suite struct ConvertTests {
    private static let document = "Tests/LibvirtTests/Golden/documents/bare-pc.xml"

    private func withCopy(_ body: (URL, Data) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("berth-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent("guest.xml")
        let data = try Data(contentsOf: PackageRoot.url.appendingPathComponent(Self.document))
        try data.write(to: file)
        try await body(file, data)
    }

    @Test func `a filter prints the document and says what changes beside it`() async throws {
        let text = try String(contentsOf: PackageRoot.url.appendingPathComponent(Self.document), encoding: .utf8)
        let run = try await BuiltTool.run(["convert", "-", "--machine", "q35"], input: text)
        #expect(run.status == 0)
        #expect(run.output.hasPrefix("<domain type='qemu'>\n\t<name>bare</name>"))
        #expect(run.complaint.split(separator: "\n").count == 3)
        #expect(run.complaint.hasPrefix("-:6:3: note: the disk 'hda' becomes 'sda'"))
    }

    @Test func `a diff is one that patch takes`() async throws {
        try await withCopy { file, before in
            let run = try await BuiltTool.run(["convert", file.path, "--machine", "q35", "--diff"])
            #expect(try Data(contentsOf: file) == before)
            #expect(run.output.hasPrefix("--- \(file.path)\n+++ \(file.path)\n@@ -1,"))
            let whole = try await BuiltTool.run(["convert", file.path, "--machine", "q35"])
            try await Patch.apply(run.output, to: file)
            #expect(try String(contentsOf: file, encoding: .utf8) == whole.output)
        }
    }

    @Test func `in place the old file is kept, its mode too`() async throws {
        try await withCopy { file, before in
            try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: file.path)
            let run = try await BuiltTool.run(["convert", file.path, "--machine", "q35", "-i"])
            #expect(run.status == 0 && run.output == "")
            #expect(run.complaint.hasSuffix("\(file.path): note: replaced; the old file is \(file.path).bak\n"))
            #expect(try Data(contentsOf: URL(fileURLWithPath: file.path + ".bak")) == before)
            #expect(try Data(contentsOf: file) != before)
            let mode = try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? Int
            #expect(mode == 0o640)
            // Nothing to do: no new file, no second backup.
            #expect(try await BuiltTool.run(["convert", file.path, "--machine", "q35", "-i"]).complaint == "")
            _ = try await BuiltTool.run(["convert", file.path, "--machine", "pc", "-i"])
            let names = try FileManager.default.contentsOfDirectory(atPath: file.deletingLastPathComponent().path)
            #expect(names.sorted() == ["guest.xml", "guest.xml.bak", "guest.xml.bak2"])
        }
    }

    @Test func `a symbolic link goes on being one`() async throws {
        try await withCopy { file, before in
            let link = file.deletingLastPathComponent().appendingPathComponent("link.xml")
            try FileManager.default.createSymbolicLink(at: link, withDestinationURL: file)
            #expect(try await BuiltTool.run(["convert", link.path, "--machine", "q35", "-i"]).status == 0)
            #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link.path) == file.path)
            #expect(try Data(contentsOf: file) != before)
        }
    }

    @Test(arguments: [
        (["convert", "-", "--machine", "q35", "-i"], 64), (["convert", document, "--machine", "virt"], 64),
        (["convert", document], 64), (["convert", document, "--machine", "q35", "-i", "-o", "/tmp/x"], 64),
        (["convert", "/nowhere/at/all.xml", "--machine", "pc"], 66), (["convert", "-", "--machine", "pc"], 65),
        (["convert", document, "--machine", "pc", "-o", "/nowhere/at/all/x.xml"], 73),
    ])
    func `what goes wrong has its exit status, and prints nothing`(arguments: [String], status: Int) async throws {
        // A tool that does not read its input must not be given any.
        let run = try await BuiltTool.run(arguments, input: status == 65 ? "<domain>\n  <name></domain>" : "")
        #expect(run.status == status, "\(run.complaint)")
        #expect(run.output == "")
        #expect(run.complaint != "")
    }
}

/// The `patch` of this machine, run as users run it.
enum Patch {
    static func apply(_ diff: String, to file: URL) async throws {
        let answer = try await Program("patch", package: "patch")(["--silent", file.path], input: diff)
        #expect(answer.isSuccess, "\(answer.output)\(answer.errors)")
    }
}

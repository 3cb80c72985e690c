import Foundation
import TestSupport
import Testing

/// `berth validate` over a repository of domains: folders, patterns, lists, and what of the findings counts.
struct ValidateFoldersTests {
    private static let good = """
        <domain type='qemu'><name>g</name><memory>1048576</memory>
        <os><type arch='x86_64' machine='q35'>hvm</type></os><devices/></domain>
        """
    private static let bad = good.replacing(
        "<devices/>",
        with: "<devices><sound model='ich9'><address type='pci' slot='0x1f' function='0x0'/></sound></devices>")

    /// A folder with documents, one below another, one hidden, and one that is none.
    private func inFolder(_ body: (String) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("berth-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        for (name, text) in [
            "vms/a.xml": Self.good, "vms/more/b.xml": Self.bad, "vms/.git/c.xml": Self.bad, "vms/notes.txt": "<domain",
        ] {
            let file = folder.appendingPathComponent(name)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try text.write(to: file, atomically: true, encoding: .utf8)
        }
        try await body(folder.path)
    }

    private func run(_ arguments: [String], in folder: String, input: String = "") async throws -> BuiltTool.Run {
        try await BuiltTool.run(
            ["validate", "--any-host", "--schema", "none"] + arguments, input: input, after: "cd \(folder)")
    }

    private static let both = "vms/a.xml: valid\nvms/more/b.xml:2:"

    @Test func `a folder stands for the documents below it, hidden ones aside`() async throws {
        try await inFolder { folder in
            let run = try await run(["vms"], in: folder)
            #expect(run.status == 1)
            #expect(run.output.hasPrefix(Self.both), "\(run.output)")
            #expect(run.output.hasSuffix("2 files, 1 valid: 1 error (no schema, the rules alone)\n"))
        }
    }

    @Test func `a pattern is one of files and folders`() async throws {
        try await inFolder { folder in
            let files = try await run(["vms/*.xml"], in: folder)
            #expect(files.output.contains("1 file, 1 valid"))
            let folders = try await run(["vms/mor[e]"], in: folder)
            #expect(folders.output.contains("1 file, 0 valid: 1 error"))
            let none = try await run(["vms/*.yaml"], in: folder)
            #expect(none.status == 66)
            #expect(none.complaint.contains("vms/*.yaml:1:1: error: nothing matches [input]"), "\(none.complaint)")
        }
    }

    @Test func `names are read from standard input`() async throws {
        try await inFolder { folder in
            let run = try await run(["--stdin-list"], in: folder, input: "vms/a.xml\nvms/more/b.xml\n")
            #expect(run.status == 1)
            #expect(run.output.hasPrefix(Self.both), "\(run.output)")
        }
    }

    @Test func `a rule is left out by its name, and one alone asked for`() async throws {
        try await inFolder { folder in
            let without = try await run(["vms", "--rules", "-pci-double-use"], in: folder)
            #expect(without.status == 0)
            let both = try await run(["vms", "--rules", "pci-double-use,pci-no-slot"], in: folder)
            #expect(both.status == 1)
            let other = try await run(["--rules", "pci-no-slot", "vms"], in: folder)
            #expect(other.status == 0)
        }
    }

    @Test func `what a baseline has is quiet, what is new fails`() async throws {
        try await inFolder { folder in
            let before = try await run(["vms", "--format", "json", "-o", "base.json"], in: folder)
            #expect(before.status == 1)
            let same = try await run(["vms", "--baseline", "base.json"], in: folder)
            #expect(same.status == 0, "\(same.output)")
            try Self.bad.write(toFile: folder + "/vms/new.xml", atomically: true, encoding: .utf8)
            let new = try await run(["vms", "--baseline", "base.json"], in: folder)
            #expect(new.status == 1)
            #expect(new.output.contains("3 files, 2 valid: 1 error"), "\(new.output)")
        }
    }

    @Test func `a file of settings leaves a rule out, for a reason`() async throws {
        try await inFolder { folder in
            let file = folder + "/.berth.yaml"
            try "validate:\n  without:\n    pci-double-use: that board has no LPC bridge\n".write(
                toFile: file, atomically: true, encoding: .utf8)
            let quiet = try await run(["vms"], in: folder)
            #expect(quiet.status == 0)
            try "validate:\n  without:\n    pci-double-use:\n".write(toFile: file, atomically: true, encoding: .utf8)
            let run = try await run(["vms"], in: folder)
            #expect(run.status == 65)
            #expect(
                run.complaint.contains(
                    ".berth.yaml:3:5: error: expected 'RULE: REASON'; a rule is left out for a reason [settings]"),
                "\(run.complaint)")
        }
    }
}

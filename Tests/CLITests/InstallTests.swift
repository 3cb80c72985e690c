import Foundation
import TestSupport
import Testing

/// `make install`, with the tool that was built with the tests.
struct InstallTests {
    private func make(_ target: String, _ root: String) async throws -> Program.Answer {
        try await Program("make", package: "make")([
            "-s", "-C", PackageRoot.url.path, target, "PREFIX=/usr", "DESTDIR=\(root)", "BERTH=\(BuiltTool.url.path)",
        ])
    }

    private func files(_ root: String) -> [String] {
        let found = FileManager.default.enumerator(atPath: root)?.compactMap { $0 as? String } ?? []
        return found.filter { name in
            var isFolder: ObjCBool = false
            return FileManager.default.fileExists(atPath: "\(root)/\(name)", isDirectory: &isFolder)
                && !isFolder.boolValue
        }.sorted()
    }

    @Test func `everything is where distributions look for it, and goes again`() async throws {
        let root = FileManager.default.temporaryDirectory.appendingPathComponent("berth-install-\(UUID().uuidString)")
            .path
        defer { try? FileManager.default.removeItem(atPath: root) }
        let installed = try await make("install", root)
        #expect(installed.isSuccess && installed.errors == "")
        let verbs = [
            "apply", "carrier", "carrier-serve", "catalog", "compare", "convert", "diagnose", "hook", "hook-kubevirt",
            "host",
            "plan", "rom", "simulate", "validate",
        ]
        #expect(Set(verbs.map { "usr/share/man/man1/berth-\($0).1.gz" }).isSubset(of: files(root)))
        #expect(
            files(root).filter { !$0.contains("/berth-") } == [
                "usr/bin/berth", "usr/share/bash-completion/completions/berth",
                "usr/share/fish/vendor_completions.d/berth.fish", "usr/share/man/man1/berth.1.gz",
                "usr/share/zsh/site-functions/_berth",
            ])
        let bash = try await Program("bash", package: "bash")([
            "-n", "\(root)/usr/share/bash-completion/completions/berth",
        ])
        #expect(bash.isSuccess && bash.errors == "")
        let removed = try await make("uninstall", root)
        #expect(removed.isSuccess && files(root) == [])
    }

    @Test func `a page of the manual has each option, and text is no macro`() async throws {
        let root = FileManager.default.temporaryDirectory.appendingPathComponent("berth-manual-\(UUID().uuidString)")
            .path
        try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: root) }
        let run = try await BuiltTool.run(["manual", root])
        #expect(run.status == 0 && run.output == "" && run.complaint == "")
        let text = try String(contentsOfFile: "\(root)/berth-plan.1", encoding: .utf8)
        let lines = text.split(separator: "\n").map(String.init)
        #expect(lines.first == ".TH BERTH\\-PLAN 1 \"\" \"berth 0.1.0\" \"User Commands\"")
        #expect(lines.contains("\\fB\\-\\-lock\\fR \\fIfile\\fR") && lines.contains("\\fB\\-\\-all\\fR"))
        let macros: Set = [".TH", ".SH", ".TP", ".PP", ".B", ".I", ".BR"]
        for file in files(root) {
            let page = try String(contentsOfFile: "\(root)/\(file)", encoding: .utf8)
            for line in page.split(separator: "\n") where line.first == "." || line.first == "'" {
                #expect(macros.contains(line.split(separator: " ").first.map(String.init) ?? ""), "\(file): \(line)")
            }
        }
    }

    @Test func `the version is a number, and a commit where the build was told of one`() async throws {
        let version = try await BuiltTool.run(["--version"]).output
        #expect(version.wholeMatch(of: /\d+\.\d+\.\d+( \([0-9a-f]+(-dirty)?\))?\n/) != nil, "\(version)")
    }
}

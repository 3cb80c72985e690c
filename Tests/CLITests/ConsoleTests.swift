import Foundation
import TestSupport
import Testing

/// Every command that the documentation shows is run, in a folder that has what `docs/examples/guests` has.
///
/// A `console` block has commands after `$ ` with what they print, standard error too, as a terminal would show it; `BERTH_BLESS=1` writes
/// it. Of an `sh` block only the exit status counts: 0, or 1 where berth says no. One page has one folder, so that a command finds the
/// files that those before it made.
struct ConsoleTests {
    /// Commands that are shown and not run, with the reason. Each is the beginning of a line.
    static let notRun = [
        "berth carrier serve": "serves until its guest ends; CarrierCommandTests run it",
        "berth diagnose --collect": "reads this machine, as root; DiagnoseTests collect a made-up one",
        "berth host\n": "says what this machine is",
        "berth rehearse": "boots QEMU for seconds; RehearseCommandTests run it",
        "berth rom guest.yaml --wrap": "needs the ROM of a display; tests of BerthOptionROM wrap made-up ones",
        "berth hook kubevirt": "shown with its arguments left out; KubeVirtHookTests run it",
        "exec berth hook kubevirt": "a sidecar's script, the same",
        "virsh": "needs a libvirt daemon",
        "qm showcmd": "needs a Proxmox host",
        "parallel": "needs GNU parallel and other machines; docs/batch.md has a run by hand",
        "docs/examples/batch/run-spark": "needs PySpark and a Java runtime; docs/batch.md has a run by hand",
    ]

    static let pages: [String] = {
        let root = PackageRoot.url
        let found = FileManager.default.enumerator(atPath: root.appendingPathComponent("docs").path)
        let names = (found?.compactMap { $0 as? String } ?? []).filter { name in
            name.hasSuffix(".md") && !name.hasPrefix("catalog/")
        }
        return ["README.md"] + names.map { "docs/\($0)" }.sorted()
    }()

    @Test(arguments: pages)
    func `what a page shows is what the tool does`(page: String) async throws {
        let text = try String(contentsOf: PackageRoot.url.appendingPathComponent(page), encoding: .utf8)
        let blocks = Blocks(text)
        for line in blocks.loose where Self.isCommand(line) {
            Issue.record("\(page) shows a command outside of a console or sh block: \(line)")
        }
        guard !blocks.commands.isEmpty else { return }
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("berth-docs-\(UUID().uuidString)")
        try FileManager.default.copyItem(
            at: PackageRoot.url.appendingPathComponent("docs/examples/guests"), to: folder)
        defer { try? FileManager.default.removeItem(at: folder) }
        var outputs: [[Blocks.Shown]] = []
        for block in blocks.commands {
            switch block {
            case .console(let shown):
                var made: [Blocks.Shown] = []
                for one in shown {
                    let answer = Self.isRun(one.command) ? try await run(one.command, in: folder) : nil
                    made.append(Blocks.Shown(command: one.command, output: answer?.output ?? one.output))
                }
                outputs.append(made)
            case .script(let script):
                outputs.append([])
                guard Self.isRun(script) else { continue }
                let answer = try await run("set -e\n\(script)", in: folder)
                #expect(answer.status == 0 || answer.status == 1, "\(page): \(script)\n\(answer.output)")
            }
        }
        try Golden.expect(partOf: page) { Blocks.replaced($0, by: outputs) }
    }

    @Test func `what is not run is shown somewhere`() throws {
        let shown = try Self.pages.flatMap { page in
            Blocks(try String(contentsOf: PackageRoot.url.appendingPathComponent(page), encoding: .utf8)).commands
        }
        let commands = shown.flatMap { block in
            switch block {
            case .console(let shown): shown.map(\.command)
            case .script(let script): [script]
            }
        }
        for beginning in Self.notRun.keys.sorted() {
            #expect(commands.contains { Self.starts($0, with: beginning) }, "nothing begins with '\(beginning)'")
        }
    }

    private static func starts(_ script: String, with beginning: String) -> Bool {
        "\(script)\n".split(separator: "\n").contains { "\($0)\n".hasPrefix(beginning) }
    }

    private static func isRun(_ script: String) -> Bool {
        !notRun.keys.contains { starts(script, with: $0) }
    }

    /// Whether a line of text or of an indented block is something to type.
    private static func isCommand(_ line: Substring) -> Bool {
        line.hasPrefix("    berth ") || line.hasPrefix("    $ berth ")
    }

    private func run(_ command: String, in folder: URL) async throws -> (output: String, status: Int) {
        let answer = try await Program("env", package: "coreutils")([
            "-C", folder.path, "-u", "BERTH_BLESS", "BERTH_STACK=debian-12", "NO_COLOR=1", "LC_ALL=C",
            "PATH=\(BuiltTool.url.deletingLastPathComponent().path):/usr/bin:/bin", "sh", "-c",
            "{ \(command.replacingOccurrences(of: "/etc/pve/qemu-server/", with: ""))\n} 2>&1; echo \"status $?\"",
        ])
        var lines = answer.output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        if lines.last == "" { lines.removeLast() }
        let status = lines.popLast().flatMap { Int($0.dropFirst("status ".count)) } ?? 70
        // Where the folder is differs from run to run.
        let output = lines.joined(separator: "\n").replacingOccurrences(of: folder.path, with: "/home/user")
        return (output, status)
    }
}

/// The commands of a page.
struct Blocks {
    struct Shown: Hashable {
        /// May go over several lines, each but the last ending in a backslash.
        var command: String
        var output: String
    }

    enum Block: Hashable {
        case console([Shown])
        case script(String)
    }

    private(set) var commands: [Block] = []
    /// Lines outside of fences and of what ReadmeTests make.
    private(set) var loose: [Substring] = []

    init(_ page: String) {
        var fence: Substring?
        var inside: [String] = []
        var isMade = false
        for line in page.split(separator: "\n", omittingEmptySubsequences: false) {
            if let language = fence {
                guard line == "```" else {
                    inside.append(String(line))
                    continue
                }
                if language == "console" { commands.append(.console(Self.shown(inside))) }
                if language == "sh" { commands.append(.script(inside.joined(separator: "\n"))) }
                fence = nil
                inside = []
            } else if line.hasPrefix("```") {
                fence = line.dropFirst(3)
            } else {
                if line.hasPrefix("<!-- run: ") { isMade = true }
                if line == "<!-- end -->" { isMade = false }
                if !isMade { loose.append(line) }
            }
        }
    }

    private static func shown(_ lines: [String]) -> [Shown] {
        var shown: [Shown] = []
        var isOpen = false
        for line in lines {
            if isOpen, let last = shown.indices.last {
                shown[last].command += "\n\(line)"
            } else if line.hasPrefix("$ ") {
                shown.append(Shown(command: String(line.dropFirst(2)), output: ""))
            } else if let last = shown.indices.last {
                shown[last].output += shown[last].output.isEmpty ? line : "\n\(line)"
                continue
            }
            isOpen = line.hasSuffix("\\")
        }
        return shown
    }

    /// The page with other outputs in its console blocks, in their order; nothing for the place of a script.
    static func replaced(_ page: String, by outputs: [[Shown]]) -> String {
        var rest = outputs[...]
        var lines: [String] = []
        var fence: Substring?
        for line in page.split(separator: "\n", omittingEmptySubsequences: false) {
            if fence == nil, line.hasPrefix("```") {
                fence = line.dropFirst(3)
                lines.append(String(line))
                if fence == "console" || fence == "sh", let shown = rest.popFirst() {
                    for one in shown { lines += ["$ \(one.command)"] + (one.output.isEmpty ? [] : [one.output]) }
                }
                continue
            }
            if line == "```" { fence = nil }
            if fence != "console" { lines.append(String(line)) }
        }
        return lines.joined(separator: "\n")
    }
}

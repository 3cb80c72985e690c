import Foundation
import TestSupport
import Testing

/// What is larger or deeper than a limit is refused with a place and an id, in a moment, and what is just within is read. docs/reliability.md has the
/// limits as they are here.
struct LimitTests {
    struct Limit: Sendable, CustomTestStringConvertible {
        var what: String
        /// As the page says it.
        var most: String
        var rule: String
        /// With the number of units that is too many, or just fits.
        var arguments: [String]
        var file: String
        var content: @Sendable (Int) -> String
        var limit: Int
        var testDescription: String { what }
    }

    /// `count` bytes: `head`, then `filler`, then `tail`.
    private static func padded(_ head: String, _ filler: String, _ tail: String, to count: Int) -> String {
        head + String(repeating: filler, count: max(0, count - head.utf8.count - tail.utf8.count)) + tail
    }

    static let all: [Limit] = [
        Limit(
            what: "a libvirt domain", most: "16 MiB", rule: "xml-size",
            arguments: ["validate", "FILE", "--schema", "none"],
            file: "domain.xml",
            content: {
                padded("<domain type='kvm'><name>a</name><!--", "x", "--></domain>", to: $0)
            }, limit: 16 << 20),
        Limit(
            what: "elements of a domain within each other", most: "200", rule: "xml-depth",
            arguments: ["plan", "FILE"],
            file: "domain.xml",
            content: {
                "<domain>" + String(repeating: "<a>", count: $0 - 1) + String(repeating: "</a>", count: $0 - 1)
                    + "</domain>"
            }, limit: 200),
        Limit(
            what: "a topology file", most: "1 MiB", rule: "yaml", arguments: ["simulate", "FILE"], file: "guest.yaml",
            content: { padded("machine: q35\n#", "x", "\n", to: $0) }, limit: 1 << 20),
        Limit(
            what: "brackets of a topology file within each other", most: "32", rule: "yaml",
            arguments: ["simulate", "FILE"],
            file: "guest.yaml",
            content: {
                "machine: q35\nnotes: \(String(repeating: "[", count: $0))\(String(repeating: "]", count: $0))\n"
            }, limit: 32),
        Limit(
            what: "a Proxmox VM's file", most: "4 MiB", rule: "proxmox-file", arguments: ["simulate", "FILE"],
            file: "100.conf",
            content: { padded("machine: q35\nmemory: 1024\n#", "x", "\n", to: $0) }, limit: 4 << 20),
        Limit(
            what: "a QEMU command line", most: "1 MiB", rule: "command-line",
            arguments: ["simulate", "--qemu-args", "FILE"],
            file: "guest.args", content: { padded("-machine q35 ", " ", "-m 1G\n", to: $0) }, limit: 1 << 20),
        Limit(
            what: "an option ROM", most: "16 MiB", rule: "input", arguments: ["rom", "--show", "FILE"], file: "igd.rom",
            content: { padded("", "x", "", to: $0) }, limit: 16 << 20),
        Limit(
            what: "a dump of an OpRegion", most: "1 MiB", rule: "input",
            arguments: ["host", "docs/examples/guests/host", "--opregion", "FILE"], file: "opregion",
            content: { padded("IntelGraphicsMem", "\0", "", to: $0) }, limit: 1 << 20),
        Limit(
            what: "a request of a batch", most: "64 MiB", rule: "batch-request", arguments: ["batch"], file: "-",
            content: { padded("{\"guest\":\"", "x", "\"}", to: $0) + "\n" }, limit: 64 << 20),
    ]

    @Test(arguments: all)
    func `one more than the limit is refused by name, and the limit itself is not`(limit: Limit) async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("berth-limit-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for (count, isRefused) in [(limit.limit + 1, true), (limit.limit, false)] {
            let content = limit.content(count)
            let path = folder.appendingPathComponent(limit.file).path
            if limit.file != "-" { try content.write(toFile: path, atomically: true, encoding: .utf8) }
            let run = try await BuiltTool.run(
                limit.arguments.map { $0 == "FILE" ? path : $0 }, input: limit.file == "-" ? content : "")
            #expect(run.status < 128 && run.status != 70, "\(run.complaint.prefix(500))")
            let said = (run.output + run.complaint).split(separator: "\n").filter { line in
                line.hasSuffix("[\(limit.rule)]") || line.contains("\"rule\":\"\(limit.rule)\"")
            }.filter { $0.contains("more than") || $0.contains("at most") || $0.contains("the most") }
            #expect(said.isEmpty == !isRefused, "\(limit.what), \(count): \(run.complaint.prefix(300))")
            if isRefused, limit.file != "-" { #expect(run.status == 65 || run.status == 1) }
        }
    }

    @Test func `the page has these limits`() throws {
        try MarkedTable.expect(
            Self.all.map { [$0.what, $0.most, "`\($0.rule)`"] }, under: ["what", "at most", "refused as"],
            named: "limits",
            in: "docs/reliability.md")
    }
}

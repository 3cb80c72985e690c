import BerthDiagnostics
import BerthRehearsal
import BerthStack
import Foundation
import TestSupport
import Testing

/// The tables of docs/fidelity.md: what of the recordings that are kept here is predicted exactly, and what came of live
/// comparisons. `make fidelity` writes them.
@Suite struct FidelityTableTests {
    private static let page = "docs/fidelity.md"
    private static let kinds =
        [
            "firmware", "carriers", "igd", "firmware-extra", "linux-extra", "stacks/trixie/linux-extra",
            "stacks/sid/linux-extra", "writer", "stacks/trixie/writer", "stacks/sid/writer",
        ]
        + Recorded.stackFolders

    @Test func `the page says of every part how much is exact, and all of it is`() throws {
        var scores: [String: [RecordedPart: (exact: Int, total: Int)]] = [:]
        var guests: [String: Int] = [:]
        for file in try Self.kinds.flatMap(Recorded.cases) {
            let recorded = try RecordedCase.read(Data(contentsOf: file), file: file.lastPathComponent)
            let stack = try Self.stack(recorded, file.lastPathComponent)
            guests[stack, default: 0] += 1
            for (part, isExact) in try RecordedComparison.parts(recorded) {
                scores[stack, default: [:]][part, default: (0, 0)].total += 1
                scores[stack, default: [:]][part, default: (0, 0)].exact += isExact ? 1 : 0
                #expect(isExact, "\(file.lastPathComponent): \(part.rawValue)")
            }
        }
        let stacks = NamedStack.all.map(\.name).filter { guests[$0] != nil }
        var rows = RecordedPart.allCases.map { part in
            [part.rawValue]
                + stacks.map { scores[$0]?[part].map { "\($0.exact) of \($0.total)" } ?? "none recorded" }
        }
        rows.append(["guests"] + stacks.map { "\(guests[$0] ?? 0)" })
        rows.append(["counted on"] + Array(repeating: try Self.date(rows), count: stacks.count))
        try MarkedTable.expect(rows, under: ["part"] + stacks, named: "recordings", in: Self.page)
    }

    @Test func `the page has the live comparisons that were kept`() throws {
        let rows = try LiveFigures.kept().map { row in
            let cell = { (firmware: String) in
                row.total[firmware].map { "\(row.exact[firmware] ?? 0) of \($0)" } ?? "none"
            }
            let seeds = { (seeds: [UInt64]) in
                seeds.isEmpty ? "none" : seeds.map(String.init).joined(separator: ", ")
            }
            return [
                row.date, row.stack, row.kind, "\(row.seed) to \(row.seed + row.guests - 1)", cell("seabios"),
                cell("ovmf"),
                seeds(row.differed), seeds(row.mended ?? []),
            ]
        }
        try MarkedTable.expect(
            rows, under: ["date", "stack", "kind", "seeds", "SeaBIOS", "OVMF", "differ", "differed once"],
            named: "live", in: Self.page)
    }

    /// The row of the table of stacks whose QEMU, firmware and kernel the recording was made with.
    static func stack(_ recorded: RecordedCase, _ source: String) throws -> String {
        let releases = try (recorded.ran ?? RecordedStack()).releases(source: source)
        return try #require(NamedStack.all.first { $0.stack.qemu == releases.qemu }?.name, "\(source)")
    }

    /// The day on which these counts were first written; today's where they are new.
    private static func date(_ rows: [[String]]) throws -> String {
        let text = try String(contentsOf: PackageRoot.url.appendingPathComponent(page), encoding: .utf8)
        let isAsBefore = rows.allSatisfy { text.contains("| \($0.joined(separator: " | ")) |\n") }
        let counted = text.split(separator: "\n").first { $0.hasPrefix("| counted on | ") }
            .map { $0.dropFirst("| counted on | ".count).prefix(10) }
        return isAsBefore ? counted.map(String.init) ?? today : today
    }

    private static var today: String { String(Date.now.ISO8601Format().prefix(10)) }
}

import Foundation

/// What live comparisons came to: one row a run that was kept, in `Tests/Support/Recorded/live.json`.
package struct LiveFigures: Codable, Hashable, Sendable {
    /// Of the run: `2026-11-27`.
    package var date: String
    package var stack: String
    package var kind: String
    /// Of the first guest; the next ones follow.
    package var seed: UInt64
    package var guests: UInt64
    /// By firmware.
    package var exact: [String: Int]
    package var total: [String: Int]
    /// Seeds that differed in this run.
    package var differed: [UInt64]
    /// Seeds that differed in an earlier run of the same guests, and are exact now.
    package var mended: [UInt64]?

    package init(date: String, stack: String, kind: String, seed: UInt64, guests: UInt64) {
        self.date = date
        self.stack = stack
        self.kind = kind
        self.seed = seed
        self.guests = guests
        exact = [:]
        total = [:]
        differed = []
    }

    private static var file: URL { PackageRoot.url.appendingPathComponent("Tests/Support/Recorded/live.json") }

    /// All rows that were kept. Errors: the file is no such list.
    package static func kept() throws -> [LiveFigures] {
        try JSONDecoder().decode([LiveFigures].self, from: Data(contentsOf: file))
    }

    /// Keeps this run, in place of an earlier one of the same guests.
    package func keep() throws {
        var rows = try Self.kept()
        var row = self
        let before = rows.filter(isSame)
        let mended = Set(before.flatMap { $0.differed + ($0.mended ?? []) }).subtracting(differed)
        row.mended = mended.isEmpty ? nil : mended.sorted()
        rows.removeAll(where: isSame)
        rows.append(row)
        rows.sort { ($0.stack, $0.kind, $0.seed) < ($1.stack, $1.kind, $1.seed) }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        let lines = try rows.map { String(decoding: try encoder.encode($0), as: UTF8.self) }
        try "[\n\(lines.joined(separator: ",\n"))\n]\n".write(to: Self.file, atomically: true, encoding: .utf8)
    }

    private func isSame(_ other: LiveFigures) -> Bool {
        (other.stack, other.kind, other.seed, other.guests) == (stack, kind, seed, guests)
    }
}

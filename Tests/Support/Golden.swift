import Foundation
import Synchronization
package import Testing

/// Expected outputs kept in files beside the tests.
///
/// `BERTH_BLESS=1 swift test` writes what the tests got into the files; look at the difference before
/// committing it.
package enum Golden {
    package static var isBlessing: Bool { ProcessInfo.processInfo.environment["BERTH_BLESS"] == "1" }

    /// Compares `text` with the file at `path` below the package's folder.
    package static func expect(
        _ text: String, equals path: String, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let file = PackageRoot.url.appendingPathComponent(path)
        if isBlessing {
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try text.write(to: file, atomically: true, encoding: .utf8)
            return
        }
        guard let expected = try? String(contentsOf: file, encoding: .utf8) else {
            Issue.record("there is no \(path); BERTH_BLESS=1 writes it", sourceLocation: sourceLocation)
            return
        }
        if text != expected {
            Issue.record(
                "\(path) differs; BERTH_BLESS=1 writes it anew\n\(difference(from: expected, to: text))",
                sourceLocation: sourceLocation)
        }
    }

    /// Compares a page with what it becomes when a part of it is made anew. Several tests may each have a part of one page.
    package static func expect(
        partOf path: String, sourceLocation: SourceLocation = #_sourceLocation,
        becomes change: (String) throws -> String
    ) throws {
        try pages.withLock { _ in
            let page = try String(contentsOf: PackageRoot.url.appendingPathComponent(path), encoding: .utf8)
            try expect(try change(page), equals: path, sourceLocation: sourceLocation)
        }
    }

    private static let pages = Mutex(())

    /// Lines that went (`-`) and came (`+`), with their numbers in the file.
    package static func difference(from old: String, to new: String) -> String {
        let before = old.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let after = new.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        var lines: [(number: Int, mark: String)] = []
        for change in after.difference(from: before) {
            switch change {
            case .remove(let offset, let line, _): lines.append((offset + 1, "-\(offset + 1): \(line)"))
            case .insert(let offset, let line, _): lines.append((offset + 1, "+\(offset + 1): \(line)"))
            }
        }
        return lines.sorted { $0.number < $1.number }.prefix(40).map(\.mark).joined(separator: "\n")
    }
}

public import Testing
import Foundation

/// Texts that are compared with a file in the repository.
public enum Golden {
    /// Records an issue if `actual` is not what `Golden/NAME` beside the test file holds, with the lines that differ.
    ///
    /// With `BERTH_BLESS=1` in the environment the file is written instead.
    public static func expect(
        _ actual: String, _ name: String, testFile: String = #filePath, at location: SourceLocation = #_sourceLocation
    ) throws {
        let folder = URL(fileURLWithPath: testFile).deletingLastPathComponent().appendingPathComponent("Golden")
        let file = folder.appendingPathComponent(name)
        if ProcessInfo.processInfo.environment["BERTH_BLESS"] == "1" {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try actual.write(to: file, atomically: true, encoding: .utf8)
            return
        }
        guard let wanted = try? String(contentsOf: file, encoding: .utf8) else {
            Issue.record("Golden/\(name) is missing; BERTH_BLESS=1 swift test writes it", sourceLocation: location)
            return
        }
        guard wanted != actual else { return }
        let lines = difference(from: wanted, to: actual)
        Issue.record(
            "Golden/\(name) differs; if the new text is right, BERTH_BLESS=1 swift test writes it\n\(lines)",
            sourceLocation: location)
    }

    /// `-` for lines that are gone, `+` for new ones, each with its number.
    public static func difference(from old: String, to new: String) -> String {
        let before = old.split(separator: "\n", omittingEmptySubsequences: false)
        let after = new.split(separator: "\n", omittingEmptySubsequences: false)
        let changes = after.difference(from: before).map { change in
            switch change {
            case .remove(let offset, let line, _): (offset, 0, "-\(offset + 1): \(line)")
            case .insert(let offset, let line, _): (offset, 1, "+\(offset + 1): \(line)")
            }
        }
        return changes.sorted { ($0.0, $0.1) < ($1.0, $1.1) }.map(\.2).joined(separator: "\n")
    }
}

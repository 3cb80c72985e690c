public import Foundation

/// Folders of the checkout that the tests run in.
public enum PackageRoot {
    /// The folder that holds Package.swift.
    public static let url = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// All files below a folder of the package, relative to it, sorted.
    public static func files(below folder: String, suffix: String) throws -> [String] {
        let base = url.appendingPathComponent(folder)
        let all = try FileManager.default.subpathsOfDirectory(atPath: base.path)
        return all.filter { $0.hasSuffix(suffix) && !$0.contains(".build") }.sorted()
    }
}

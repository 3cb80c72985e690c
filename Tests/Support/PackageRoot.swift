package import Foundation

/// Folders of the checkout that the tests run in.
package enum PackageRoot {
    /// The folder that holds Package.swift.
    package static let url = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// All files below a folder of the package, relative to it, sorted.
    package static func files(below folder: String, suffix: String) throws -> [String] {
        let base = url.appendingPathComponent(folder)
        let all = try FileManager.default.subpathsOfDirectory(atPath: base.path)
        return all.filter { $0.hasSuffix(suffix) && !$0.contains(".build") }.sorted()
    }
}

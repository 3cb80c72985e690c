package import Foundation

/// The recorded runs that the tests carry.
package enum Recorded {
    /// Folder of one kind: `firmware`, `carriers`, `igd`, `libvirt`.
    package static func folder(_ kind: String) -> URL {
        Bundle.module.resourceURL.map { $0.appendingPathComponent("Recorded/\(kind)") } ?? URL(fileURLWithPath: kind)
    }

    /// Kinds of the guests that were recorded on other stacks than Debian 12's.
    package static let stackFolders = ["trixie", "sid"].flatMap { stack in
        ["firmware", "igd", "drawn"].map { "stacks/\(stack)/\($0)" }
    }

    /// All cases of a kind, by name.
    package static func cases(_ kind: String) throws -> [URL] {
        try FileManager.default.contentsOfDirectory(at: folder(kind), includingPropertiesForKeys: nil)
            .filter { $0.pathExtension == "json" }.sorted { $0.path < $1.path }
    }
}

import FoundationEssentials

/// A new folder that nobody else can look into.
struct PrivateFolder: Sendable {
    let path: String

    /// Errors: the folder for temporary files cannot be written to.
    init() throws {
        let manager = FileManager.default
        path = manager.temporaryDirectory.appendingPathComponent("berth-\(UUID().uuidString)").path
        try manager.createDirectory(
            atPath: path, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    }

    func file(_ name: String) -> String { "\(path)/\(name)" }

    /// Nil until somebody has written it. Bytes that are not UTF-8 are replaced.
    func text(_ name: String) -> String? {
        (try? Data(contentsOf: URL(filePath: file(name)))).map { String(decoding: $0, as: UTF8.self) }
    }

    func remove() { try? FileManager.default.removeItem(atPath: path) }
}

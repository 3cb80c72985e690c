import BerthDiagnostics
import BerthVFIOUser
import FoundationEssentials
import Glibc

/// A new folder that nobody else can look into.
///
/// Who is killed cannot remove what it made, so whoever makes the next folder does: the owner of one that is in use holds a lock.
struct PrivateFolder: Sendable {
    private static let prefix = "berth-guest-"
    private static let lockName = "lock"

    let path: String
    private let lock: Descriptor

    /// Errors: the folder for temporary files cannot be written to.
    init() throws {
        let manager = FileManager.default
        let parent = manager.temporaryDirectory.path
        Self.removeAbandoned(in: parent)
        // Sockets lie in it, whose paths are short.
        path =
            "\(parent.hasSuffix("/") ? String(parent.dropLast()) : parent)/\(Self.prefix)\(UUID().uuidString.prefix(8))"
        try manager.createDirectory(
            atPath: path, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
        guard let lock = Descriptor("\(path)/\(Self.lockName)", O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, mode: 0o600),
            flock(lock.number, LOCK_EX | LOCK_NB) == 0
        else {
            try? manager.removeItem(atPath: path)
            throw CocoaError(.fileWriteUnknown)
        }
        self.lock = lock
    }

    func file(_ name: String) -> String { "\(path)/\(name)" }

    /// The same in an argument of QEMU's.
    func escaped(_ name: String) -> String { OptionText.escaped(file(name)) }

    /// Nil until somebody has written it. Bytes that are not UTF-8 are replaced.
    func text(_ name: String) -> String? {
        (try? Data(contentsOf: URL(filePath: file(name)))).map { String(decoding: $0, as: UTF8.self) }
    }

    func write(_ bytes: [UInt8], to name: String) throws { try Data(bytes).write(to: URL(filePath: file(name))) }

    func remove() { try? FileManager.default.removeItem(atPath: path) }

    /// Takes away the folders of those who are gone. One without a lock is just being made, or not ours.
    private static func removeAbandoned(in parent: String) {
        let manager = FileManager.default
        for name in (try? manager.contentsOfDirectory(atPath: parent)) ?? [] where name.hasPrefix(prefix) {
            let path = "\(parent)/\(name)"
            guard let lock = Descriptor("\(path)/\(lockName)", O_RDWR | O_CLOEXEC | O_NOFOLLOW),
                flock(lock.number, LOCK_EX | LOCK_NB) == 0
            else { continue }
            try? manager.removeItem(atPath: path)
        }
    }
}

extension Descriptor {
    /// Nil where it cannot be opened.
    convenience init?(_ path: String, _ flags: Int32, mode: mode_t = 0) {
        let number = open(path, flags, mode)
        guard number >= 0 else { return nil }
        self.init(number)
    }
}

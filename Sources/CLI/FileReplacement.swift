import BerthDiagnostics
import FoundationEssentials
import Glibc

/// Replaces a file by new contents at once, and keeps the old ones.
enum FileReplacement {
    /// The file is never seen half written; its mode and owner stay, and a symbolic link goes on pointing at it. The old
    /// contents are kept as `FILE.bak`, or as `FILE.bak2` and so on where there is one already.
    ///
    /// Returns the name of the backup. Errors: with the system's reason; the file is then as it was.
    static func replace(_ path: String, with bytes: [UInt8]) throws(InputError) -> String {
        guard let resolved = realpath(path, nil) else { throw failure(path) }
        let target = String(cString: resolved)
        free(resolved)
        var status = stat()
        guard stat(target, &status) == 0 else { throw failure(path) }
        let temporary = try write(bytes, beside: target, like: status)
        let backup: String
        do throws(InputError) {
            backup = try keep(target)
        } catch {
            unlink(temporary)
            throw error
        }
        guard rename(temporary, target) == 0 else {
            let error = failure(path)
            unlink(temporary)
            unlink(backup)
            throw error
        }
        return backup
    }

    /// A hard link: the backup is the file itself until the new one takes its name.
    private static func keep(_ target: String) throws(InputError) -> String {
        for number in 1...999 {
            let name = target + (number == 1 ? ".bak" : ".bak\(number)")
            if link(target, name) == 0 { return name }
            guard errno == EEXIST else { throw failure(name) }
        }
        throw InputError(
            "there are 999 backups already", rule: "output", at: SourceLocation(file: target + ".bak"),
            kind: .notWritable)
    }

    private static func write(
        _ bytes: [UInt8], beside target: String, like status: stat
    ) throws(InputError) -> String {
        guard let (name, descriptor) = NewName.file(beside: target) else { throw failure(target) }
        defer { close(descriptor) }
        // Without the right to give files away the new one is ours, as with every editor.
        _ = fchown(descriptor, status.st_uid, status.st_gid)
        guard fchmod(descriptor, status.st_mode & 0o7777) == 0, Output.write(bytes, descriptor: descriptor),
            fsync(descriptor) == 0
        else {
            let error = failure(target)
            unlink(name)
            throw error
        }
        return name
    }

    private static func failure(_ path: String) -> InputError {
        InputError(
            "cannot be replaced: \(String(cString: strerror(errno)))", rule: "output", at: SourceLocation(file: path),
            kind: .notWritable)
    }
}

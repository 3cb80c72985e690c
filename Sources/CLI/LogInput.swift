import BerthDiagnostics
import BerthLogs
import BerthServices
import FoundationEssentials
import Glibc

/// Logs that the user names: of any size, in bounded memory.
enum LogInput {
    /// Errors: no such file, a folder, not readable; what is no log.
    static func read(_ path: String) throws(InputError) -> LogReading {
        var reader = LogReader(file: path)
        try each(path) { reader.feed($0) }
        return try reader.finish()
    }

    /// Errors: INPUT is a log, where a guest is wanted.
    static func refuseAsGuest(_ path: String?) throws(InputError) {
        guard let path, path != "-", let head = try? head(path), InputForm(head, path: path) != .domain else { return }
        let place = SourceLocation(file: path)
        var reader = LogReader(file: path)
        reader.feed(head)
        guard let reading = try? reader.finish(), reading.known > 0,
            let printer = reading.printers.min(by: { $0.rawValue < $1.rawValue })
        else { return }
        throw InputError(
            "this is a log (\(printer.rawValue)'s or with lines of it); give it with --log, and a guest as INPUT",
            rule: "input", at: place)
    }

    /// What is looked at to tell a log from a guest.
    private static func head(_ path: String) throws(InputError) -> [UInt8] {
        var head: [UInt8] = []
        try each(path, most: 1 << 18) { head += $0 }
        return head
    }

    /// The bytes of a file, in parts.
    private static func each(
        _ path: String, most: Int = .max, _ take: (UnsafeRawBufferPointer) -> Void
    ) throws(InputError) {
        let place = SourceLocation(file: path)
        let descriptor = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            let reason =
                errno == ENOENT ? "there is no such file" : "cannot be read: \(String(cString: strerror(errno)))"
            throw InputError(reason, rule: "log", at: place, kind: .missing)
        }
        defer { if path != "-" { close(descriptor) } }
        var status = stat()
        if fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
            throw InputError("this is a folder; expected a log", rule: "log", at: place)
        }
        var buffer = [UInt8](repeating: 0, count: 1 << 20)
        var total = 0
        while total < most {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            if count == 0 { return }
            guard count > 0 else {
                if errno == EINTR { continue }
                throw InputError(
                    "cannot be read: \(String(cString: strerror(errno)))", rule: "log", at: place, kind: .missing)
            }
            total += count
            buffer.withUnsafeBytes { take(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
        }
    }
}

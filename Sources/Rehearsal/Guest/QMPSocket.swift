import BerthVFIOUser
import Glibc

/// A socket that QEMU connects its monitor to, and the lines that come over it.
///
/// Not standard input: whoever writes to a pipe that QEMU has closed is ended by SIGPIPE, and QEMU closes it where it refuses an
/// argument.
struct QMPSocket {
    private let listener: Descriptor
    private var connection: Descriptor?
    private var received: [UInt8] = []
    /// Up to where `received` has no end of a line.
    private var searched = 0

    /// Errors: the socket cannot be made.
    init(at path: String) throws(GuestRun.Failure) {
        guard let address = UnixSocket.address(path) else {
            throw .folder(
                "the folder for temporary files has a long name: a socket's path has at most \(UnixSocket.pathLimit) bytes, "
                    + "'\(path)' has \(path.utf8.count)")
        }
        let flags = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
        listener = Descriptor(socket(AF_UNIX, flags, 0))
        guard UnixSocket.call(bind, listener, address) == 0, listen(listener.number, 1) == 0 else {
            throw .folder("the socket '\(path)' cannot be made: \(String(cString: strerror(errno)))")
        }
    }

    /// Waits for QEMU. False if it ended first.
    mutating func open(while isRunning: () -> Bool) async throws -> Bool {
        while connection == nil {
            let wasRunning = isRunning()
            let descriptor = accept(listener.number, nil, nil)
            if descriptor >= 0 {
                _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
                connection = Descriptor(descriptor)
            } else if !wasRunning {
                return false
            } else {
                try await Task.sleep(for: .milliseconds(5))
            }
        }
        return true
    }

    /// False if nobody is there any more.
    func send(_ line: String) -> Bool {
        guard let connection else { return false }
        var rest = Array((line + "\n").utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes {
                Glibc.send(connection.number, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            // A command is shorter than any buffer.
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    /// The next line; nil if QEMU is gone.
    mutating func line() async throws -> String? {
        guard let connection else { return nil }
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            if let end = received[searched...].firstIndex(of: UInt8(ascii: "\n")) {
                let line = String(decoding: received[..<end], as: UTF8.self)
                received.removeSubrange(...end)
                searched = 0
                return line
            }
            searched = received.count
            let count = recv(connection.number, &buffer, buffer.count, Int32(MSG_DONTWAIT))
            if count > 0 {
                received += buffer[..<count]
            } else if count < 0, errno == EAGAIN || errno == EINTR {
                try await Task.sleep(for: .milliseconds(2))
            } else {
                return nil
            }
        }
    }
}

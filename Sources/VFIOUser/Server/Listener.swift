import Glibc

/// A socket in the file system that clients connect to. It goes when its owner lets go of it.
final class Listener: Sendable {
    let path: String
    let descriptor: Descriptor
    private let device: dev_t
    private let inode: ino_t

    /// Binds the path, only for this user (mode 0600) unless told otherwise, and listens. A socket that a dead server left is replaced.
    ///
    /// Errors: a path too long, in a folder that is not there, of something that is no socket; a server answers there.
    init(_ path: String, mode: mode_t) throws(FunctionError) {
        guard let address = UnixSocket.address(path) else {
            let length = path.utf8.count
            throw .path(
                path,
                length > UnixSocket.pathLimit
                    ? "has a path of \(length) bytes; a Unix socket's has at most \(UnixSocket.pathLimit)"
                    : "is no path")
        }
        let number = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        guard number >= 0 else { throw .system("cannot make a socket", errno) }
        descriptor = Descriptor(number)
        descriptor.closesOnExecAndDoesNotBlock()
        self.path = path
        try Self.clear(path, address)
        // Before it is bound: Linux takes the mode of the socket's own inode, so there is no moment with another one.
        _ = fchmod(number, mode)
        guard UnixSocket.call(bind, descriptor, address) == 0 else { throw Self.refusal(path, errno) }
        var status = stat()
        guard lstat(path, &status) == 0 else { throw Self.refusal(path, errno) }
        device = status.st_dev
        inode = status.st_ino
        guard chmod(path, mode) == 0, listen(number, 16) == 0 else { throw Self.refusal(path, errno) }
    }

    private static func refusal(_ path: String, _ number: Int32) -> FunctionError {
        switch number {
        case ENOENT, ENOTDIR: .path(path, "is in a folder that is not there; make the folder first")
        case EADDRINUSE: .inUse(path)
        default: .system("the socket '\(path)' cannot be made", number)
        }
    }

    /// Takes away what a server left that is gone; nobody answers there.
    private static func clear(_ path: String, _ address: sockaddr_un) throws(FunctionError) {
        var status = stat()
        guard lstat(path, &status) == 0 else { return }
        guard status.st_mode & S_IFMT == S_IFSOCK else {
            throw .path(path, "cannot be made: something that is no socket has the name")
        }
        let number = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        guard number >= 0 else { throw .system("cannot make a socket", errno) }
        let probe = Descriptor(number)
        probe.closesOnExecAndDoesNotBlock()
        if UnixSocket.call(connect, probe, address) == 0 { throw .inUse(path) }
        switch errno {
        case ECONNREFUSED, ENOENT: break
        // A queue that is full is somebody's.
        case EAGAIN, EPROTOTYPE: throw .inUse(path)
        case let number: throw .system("the socket '\(path)' cannot be tried", number)
        }
        guard unlink(path) == 0 || errno == ENOENT else {
            throw .system("the socket '\(path)', which a server left, cannot be removed", errno)
        }
    }

    /// Nil where nobody waits.
    ///
    /// Errors: EMFILE and such, which pass.
    func accept() throws(FunctionError) -> Descriptor? {
        let number = Glibc.accept(descriptor.number, nil, nil)
        if number >= 0 {
            let connection = Descriptor(number)
            connection.closesOnExecAndDoesNotBlock()
            return connection
        }
        switch errno {
        case EAGAIN, EWOULDBLOCK, EINTR, ECONNABORTED: return nil
        case let number: throw .system("a client cannot be accepted", number)
        }
    }

    deinit {
        // Only what is still ours: somebody may have put another socket there.
        var status = stat()
        if lstat(path, &status) == 0, status.st_dev == device, status.st_ino == inode { unlink(path) }
    }
}

import Glibc

/// One file descriptor and its owner, which closes it.
package final class Descriptor: Sendable {
    package let number: Int32

    /// Takes over a descriptor that is open.
    package init(_ number: Int32) { self.number = number }

    deinit { close(number) }

    /// Not passed on to programs that are started, and never waited on.
    func closesOnExecAndDoesNotBlock() {
        _ = fcntl(number, F_SETFD, FD_CLOEXEC)
        _ = fcntl(number, F_SETFL, fcntl(number, F_GETFL) | O_NONBLOCK)
    }
}

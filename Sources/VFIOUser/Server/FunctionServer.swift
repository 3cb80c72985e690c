import Glibc
import Synchronization

/// Serves one function on one socket to one client at a time, any number of them in turn.
///
/// It has to outlive its client: QEMU 11.1 never connects again, and a guest whose server is gone dies at its next reset at the
/// latest. So a first wish to stop is refused while a client is there.
public final class FunctionServer: Sendable {
    /// What happens, for a log.
    public enum Event: Sendable, Hashable {
        /// A client has the function; its process, 0 where unknown.
        case attached(process: Int32)
        /// The client has left; whether it sent something that is no message.
        case detached(process: Int32, brokeProtocol: Bool)
        /// A client was refused since another one has the function.
        case refused(process: Int32)
        /// A client could not be given what the function needs.
        case failed(FunctionError)
        /// A wish to stop was refused: a client is there. The server ends when it leaves, or at a second wish.
        case stopRefused(process: Int32)
        /// A message was answered: its command, its size, what it got: 0 or an errno.
        case answered(command: UInt16, size: UInt32, error: Int32)
    }

    /// Who have connected and said nothing yet. The one that waited longest makes room for the next.
    private static let mostWaiting = 32

    /// Where clients connect.
    public let path: String
    private let listener: Mutex<Listener?>
    private let function: any FunctionBehaviour
    private let log: @Sendable (Event) -> Void
    private let wishes = Mutex(0)
    private let wake: (reading: Descriptor, writing: Descriptor)

    /// Binds the socket: from here on clients can connect, and wait until ``run()`` answers.
    ///
    /// Errors: a path too long, in a folder that is not there, or of something that is no socket; a server answers there already.
    public init(
        _ function: any FunctionBehaviour, path: String, mode: UInt32 = 0o600,
        log: @escaping @Sendable (Event) -> Void = { _ in }
    ) throws(FunctionError) {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw .system("cannot make a pipe", errno) }
        wake = (Descriptor(ends[0]), Descriptor(ends[1]))
        wake.reading.closesOnExecAndDoesNotBlock()
        wake.writing.closesOnExecAndDoesNotBlock()
        listener = Mutex(try Listener(path, mode: mode))
        self.path = path
        self.function = function
        self.log = log
    }

    /// Asks to stop, from any thread. With a client there the first wish is refused; the second, from whomever, is obeyed.
    public func requestStop() {
        wishes.withLock { $0 += 1 }
        var byte: UInt8 = 0
        _ = write(wake.writing.number, &byte, 1)
    }

    /// Serves until it has been stopped, on the thread that calls it. The socket is gone afterwards; a second call does nothing.
    ///
    /// Errors: the system cannot wait for the sockets.
    public func run() throws(FunctionError) {
        guard let listener = listener.withLock({ $0.take() }) else { return }
        var loop = ServerLoop(listener: listener, wake: wake.reading, function: function, mostWaiting: Self.mostWaiting)
        defer { loop.end(log) }
        while try loop.turn(wishes: { wishes.withLock { $0 } }, log) {}
    }
}

import Dispatch
import Glibc
import Synchronization

/// Lines on standard error that nobody waits for: whoever reads them slowly, or not at all, must not hold up a guest.
final class ServerLog: Sendable {
    /// What is more than this many lines behind is not written.
    private static let most = 1000

    private let queue = DispatchQueue(label: "log")
    private let waiting = Mutex(0)

    func add(_ line: String) {
        let hasRoom = waiting.withLock { count in
            guard count < Self.most else { return false }
            count += 1
            return true
        }
        guard hasRoom else { return }
        queue.async { [self] in
            Output.complain(line)
            waiting.withLock { $0 -= 1 }
        }
    }

    /// Waits for what is on its way, a second at the most.
    func finish() {
        let isWritten = DispatchSemaphore(value: 0)
        queue.async { isWritten.signal() }
        _ = isWritten.wait(timeout: .now() + 1)
    }
}

/// Signals that ask a server to end, one after the other on a thread of their own.
///
/// Made before anything else runs: threads inherit what is blocked. A reader that is gone must not end a server under a guest.
struct ServerSignals {
    private let set: sigset_t

    init() {
        signal(SIGPIPE, SIG_IGN)
        var set = sigset_t()
        sigemptyset(&set)
        for number in [SIGTERM, SIGINT, SIGHUP] { sigaddset(&set, number) }
        pthread_sigmask(SIG_BLOCK, &set, nil)
        self.set = set
    }

    func each(_ work: @escaping @Sendable () -> Void) {
        let waited = set
        OwnThread.start {
            var waited = waited
            var number: Int32 = 0
            while sigwait(&waited, &number) == 0 { work() }
        }
    }
}

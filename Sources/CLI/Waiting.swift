import Dispatch
import Glibc
import Synchronization

/// Waits on the main thread, which no task needs, for work that a signal ends.
enum Waiting {
    /// A signal asked to end.
    struct Interrupted: Error {}

    /// At a first SIGINT, SIGTERM or SIGHUP the work is cancelled and cleans up; at a second one this process ends at once.
    ///
    /// Errors: those of the work; `Interrupted`.
    static func result<Value: Sendable>(
        of work: @escaping @Sendable () async throws -> Value
    ) throws -> Value {
        let box = Box<Value>()
        let task = Task.detached {
            let result: Result<Value, any Error>
            do { result = .success(try await work()) } catch { result = .failure(error) }
            box.result.withLock { $0 = result }
            box.done.signal()
        }
        InterruptSignals.each {
            let isFirst = box.signals.withLock { count in
                count += 1
                return count == 1
            }
            if !isFirst { _exit(130) }
            task.cancel()
        }
        box.done.wait()
        guard box.signals.withLock({ $0 }) == 0 else { throw Interrupted() }
        guard let result = box.result.withLock({ $0 }) else { throw Interrupted() }
        return try result.get()
    }

    /// Waits for what no signal ends.
    static func value<Value: Sendable>(of work: @escaping @Sendable () async -> Value) -> Value? {
        let box = Box<Value>()
        Task.detached {
            let value = await work()
            box.result.withLock { $0 = .success(value) }
            box.done.signal()
        }
        box.done.wait()
        return try? box.result.withLock { $0 }?.get()
    }

    private final class Box<Value: Sendable>: Sendable {
        let result = Mutex<Result<Value, any Error>?>(nil)
        let done = DispatchSemaphore(value: 0)
        let signals = Mutex(0)
    }
}

/// Signals that ask to end, taken by a handler: whichever thread gets one, what is blocked where does not matter.
private enum InterruptSignals {
    /// A byte for each signal goes from the handler to a thread.
    private static let ends: (reading: Int32, writing: Int32) = {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { return (-1, -1) }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        return (ends[0], ends[1])
    }()

    static func each(_ work: @escaping @Sendable () -> Void) {
        let reading = ends.reading
        guard reading >= 0 else { return }
        OwnThread.start {
            var byte: UInt8 = 0
            while true {
                let count = read(reading, &byte, 1)
                if count == 1 { work() } else if count == 0 || errno != EINTR { return }
            }
        }
        for number in [SIGINT, SIGTERM, SIGHUP] {
            signal(number) { _ in
                var byte: UInt8 = 1
                _ = write(InterruptSignals.ends.writing, &byte, 1)
            }
        }
    }
}

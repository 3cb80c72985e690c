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
        _ signals: ServerSignals, of work: @escaping @Sendable () async throws -> Value
    ) throws -> Value {
        let box = Box<Value>()
        let task = Task.detached {
            let result: Result<Value, any Error>
            do { result = .success(try await work()) } catch { result = .failure(error) }
            box.result.withLock { $0 = result }
            box.done.signal()
        }
        signals.each {
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

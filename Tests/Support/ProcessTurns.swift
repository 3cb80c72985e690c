/// Processes take turns: hundreds of tests wait at the same time, each process needs several file descriptors, and
/// swift-subprocess ends the whole run where the system will not close one.
actor ProcessTurns {
    static let shared = ProcessTurns(atATime: 6)

    private var free: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []

    init(atATime limit: Int) { free = limit }

    func callAsFunction<Value: Sendable>(_ start: @Sendable () async throws -> Value) async throws -> Value {
        if free > 0 {
            free -= 1
        } else {
            await withCheckedContinuation { waiting.append($0) }
        }
        defer {
            if waiting.isEmpty { free += 1 } else { waiting.removeFirst().resume() }
        }
        return try await start()
    }
}

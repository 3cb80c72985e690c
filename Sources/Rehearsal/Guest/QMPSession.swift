import FoundationEssentials
import Subprocess

/// A QMP monitor on the standard input and output of a running QEMU.
///
/// Source: docs/interop/qmp-spec.txt @ QEMU 7.2.
struct QMPSession {
    private var lines: SubprocessOutputSequence.StringSequence<UTF8>.AsyncIterator
    private let input: StandardInputWriter

    init(lines: SubprocessOutputSequence.StringSequence<UTF8>, input: StandardInputWriter) {
        self.lines = lines.makeAsyncIterator()
        self.input = input
    }

    /// Waits for the greeting and enters command mode. False if QEMU ended first.
    mutating func open() async throws -> Bool {
        guard try await lines.next() != nil else { return false }
        return try await execute("qmp_capabilities") != nil
    }

    /// Nil if QEMU ended.
    mutating func functions() async throws -> [PCIFunctionReport]? {
        guard let reply = try await execute("query-pci") else { return nil }
        return try JSONDecoder().decode(QueryPCIReply.self, from: Data(reply.utf8)).functions
    }

    /// Lets QEMU end. It may be gone already.
    mutating func close() async throws {
        _ = try? await execute("quit")
        while try await lines.next() != nil {}
    }

    /// The line of the answer; events before it are passed over. Nil if QEMU ended.
    private mutating func execute(_ command: String) async throws -> String? {
        do {
            _ = try await input.write("{\"execute\": \"\(command)\"}\n")
        } catch {
            // It closed its end: it is gone.
            return nil
        }
        while let line = try await lines.next() {
            if line.hasPrefix("{\"return\"") || line.hasPrefix("{\"error\"") { return line }
        }
        return nil
    }
}

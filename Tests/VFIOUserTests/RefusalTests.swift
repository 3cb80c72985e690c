import BerthVFIOUser
import Foundation
import Glibc
import TestSupport
import Testing

/// What a client may not do, and what it is told: a header with an errno and nothing else.
struct RefusalTests {
    private func errors(_ messages: [(UInt16, [UInt8])]) async throws -> [Int32] {
        let server = try RunningServer(try bridge())
        return try await onThread {
            defer { server.end() }
            let client = try VFIOUserClient.greeted(server.path)
            return try messages.map { command, body in
                let reply = try client.ask(command, body)
                guard reply.error != 0 else { return 0 }
                return reply.flags == 0x21 && reply.payload.isEmpty ? Int32(reply.error) : -1
            }
        }
    }

    @Test func `commands that the function has no use for`() async throws {
        // The descriptors of I/O events, reads and writes of guest memory, many writes in one, features, unknown ones.
        let commands: [UInt16] = [6, 11, 12, 15, 16, 0, 14, 17, 0xffff]
        let expected: [Int32] = [ENOSYS, ENOSYS, ENOSYS, ENOSYS, ENOTTY, ENOSYS, ENOSYS, ENOSYS, ENOSYS]
        #expect(try await errors(commands.map { ($0, []) }) == expected)
    }

    @Test func `messages that are too short`() async throws {
        let messages: [(UInt16, [UInt8])] = [
            (2, []), (3, bytes(24, 0)), (4, [1]), (4, bytes(15)), (5, bytes(32, 0)), (5, bytes(24, 0, 0, 0)),
            (7, bytes(16)), (8, bytes(20, 0)), (9, bytes64(0)), (10, bytes64(0) + bytes(7, 4) + [1]),
        ]
        #expect(try await errors(messages) == Array(repeating: EINVAL, count: 10))
    }

    @Test func `accesses outside of a region`() async throws {
        let beyond: [(UInt64, UInt32, UInt32)] = [
            (256, 7, 1), (253, 7, 4), (0, 7, 0), (0, 7, 257), (1 << 20, 0, 4), (UInt64.max, 0, 4),
            (UInt64.max - 3, 0, 4),
            (0, 2, 4), (0, 6, 4), (0, 8, 1), (0, 9, 1), (0, UInt32.max, 4), (0, 0, (1 << 20) + 1), (0, 0, UInt32.max),
        ]
        let reads = beyond.map { (UInt16(9), bytes64($0) + bytes($1, $2)) }
        #expect(try await errors(reads) == Array(repeating: EINVAL, count: beyond.count))
        let writes = beyond.prefix(9).map {
            (UInt16(10), bytes64($0) + bytes($1, $2) + [1, 2, 3, 4].prefix(Int(min($2, 4))))
        }
        #expect(try await errors(writes) == Array(repeating: EINVAL, count: 9))
    }

    @Test func `whole memory in the largest messages there are`() async throws {
        let data = [UInt8](repeating: 0xa5, count: 1 << 20)
        #expect(
            try await errors([(10, bytes64(0) + bytes(0, 1 << 20) + data), (9, bytes64(0) + bytes(0, 1 << 20))]) == [
                0, 0,
            ])
    }

    @Test func `regions and interrupts that are not there`() async throws {
        let messages: [(UInt16, [UInt8])] = [
            (5, bytes(32, 0, 9, 0)), (5, bytes(32, 0, UInt32.max, 0)), (7, bytes(16, 0, 3)), (7, bytes(16, 0, 4)),
            (7, bytes(16, 0, 2)), (8, bytes(20, 0, 0, 0, 0)), (8, bytes(20, 0, 0, 0, 1)), (8, bytes(20, 0, 3, 0, 0)),
        ]
        #expect(try await errors(messages) == [EINVAL, EINVAL, EINVAL, EINVAL, 0, 0, EINVAL, EINVAL])
    }

    @Test func `a second greeting is refused and changes nothing`() async throws {
        #expect(try await errors([(1, [0, 0, 0, 0]), (9, bytes64(0) + bytes(7, 4))]) == [EINVAL, 0])
    }

    /// The bytes of a first message, and whether it is taken.
    @Test(
        arguments: [
            ([0, 0, 0, 0], 0), ([0, 0, 9, 0], 0), ([1, 0, 0, 0], EINVAL), ([0, 0], EINVAL), ([], EINVAL),
            ([0, 0, 0, 0] + Array("{}".utf8) + [0], 0), ([0, 0, 0, 0] + Array("{}".utf8), 0), ([0, 0, 0, 0, 0], 0),
            ([0, 0, 0, 0] + Array("{\"capabilities\":".utf8) + [0], EINVAL), ([0, 0, 0, 0, 0xff, 0xfe], EINVAL),
            ([0, 0, 0, 0] + Array("{\"capabilities\":{\"max_msg_fds\":\"x\"}}".utf8) + [0], EINVAL),
            ([0, 0, 0, 0] + Array(String(repeating: "[", count: 10_000).utf8) + [0], EINVAL),
            ([0, 0, 0, 0] + [UInt8](repeating: 0x20, count: 20_000) + [0x7b, 0x7d, 0], EINVAL),
        ] as [([UInt8], Int32)])
    func `greetings`(body: [UInt8], error: Int32) async throws {
        let server = try RunningServer(try bridge())
        let (got, isClosed) = try await onThread {
            defer { server.end() }
            let client = try VFIOUserClient(server.path)
            let reply = try client.ask(1, body)
            return (Int32(reply.error), reply.error != 0 && client.isClosedByServer())
        }
        #expect(got == error)
        #expect(isClosed == (error != 0))
    }

    @Test func `who does not greet first is refused and sent away`() async throws {
        let server = try RunningServer(try bridge())
        let (error, isClosed) = try await onThread {
            defer { server.end() }
            let client = try VFIOUserClient(server.path)
            return (try client.ask(4, bytes(16, 0, 0, 0)).error, client.isClosedByServer())
        }
        #expect(error == UInt32(EINVAL))
        #expect(isClosed)
        #expect(server.events == [])
    }

    /// Sizes and kinds after which nobody knows where the next message begins.
    @Test(arguments: [
        bytes(9 << 16, 15, 0, 0), bytes(9 << 16, 0, 0, 0), bytes(9 << 16, (1 << 20) + 65, 0, 0),
        bytes(9 << 16, UInt32.max, 0, 0),
        bytes(9 << 16, 16, 1, 0), bytes(9 << 16, 16, 0xf, 0),
    ])
    func `what is no message ends the connection, and the next client is served`(header: [UInt8]) async throws {
        let server = try RunningServer(try bridge())
        let (isClosed, next) = try await onThread {
            defer { server.end() }
            let client = try VFIOUserClient.greeted(server.path)
            try client.sendRaw(header)
            let isClosed = client.isClosedByServer()
            return (
                isClosed, try VFIOUserClient.greeted(server.path).ask(9, bytes64(0) + bytes(7, 4)).payload.suffix(4)
            )
        }
        #expect(isClosed)
        #expect(Array(next) == [0x86, 0x80, 0x84, 0x9d])
        #expect(server.events.count == 4)
        #expect(server.events.dropFirst().first == .detached(process: getpid(), brokeProtocol: true))
    }

    @Test func `a client that takes no descriptors reads and writes by messages`() async throws {
        let server = try RunningServer(try bridge())
        let (flags, descriptors, data) = try await onThread {
            defer { server.end() }
            let client = try VFIOUserClient.greeted(server.path, capabilities: #"{"capabilities":{"max_msg_fds":0}}"#)
            let info = numbers(try client.ask(5, bytes(32, 0, 1, 0)).payload)
            _ = try client.ask(10, bytes64(4) + bytes(1, 4) + [9, 8, 7, 6])
            return (info[1], client.descriptors.count, try client.ask(9, bytes64(4) + bytes(1, 4)).payload.suffix(4))
        }
        #expect(flags == 3)
        #expect(descriptors == 0)
        #expect(Array(data) == [9, 8, 7, 6])
    }
}

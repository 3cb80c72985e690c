import BerthVFIOUser
import Foundation
import Glibc
import TestSupport
import Testing

/// Clients that come, go, die and crowd.
struct ClientTests {
    @Test func `a second client is told that the function is busy, and the first one is unharmed`() async throws {
        let server = try RunningServer(try bridge())
        let (error, isClosed, first) = try await onThread {
            defer { server.end() }
            let guest = try VFIOUserClient.greeted(server.path)
            let second = try VFIOUserClient(server.path)
            let reply = try second.ask(1, [0, 0, 0, 0])
            let isClosed = second.isClosedByServer()
            return (reply.error, isClosed, try guest.ask(9, bytes64(0) + bytes(7, 4)).error)
        }
        #expect(error == UInt32(EBUSY))
        #expect(isClosed)
        #expect(first == 0)
        let me = getpid()
        #expect(
            server.events == [
                .attached(process: me), .refused(process: me), .detached(process: me, brokeProtocol: false),
            ])
    }

    @Test func `who connects and says nothing keeps nobody out`() async throws {
        let server = try RunningServer(try bridge())
        let error = try await onThread {
            defer { server.end() }
            let silent = try (0..<40).map { _ in try VFIOUserClient(server.path) }
            defer { silent.forEach { $0.leave() } }
            return try VFIOUserClient.greeted(server.path).ask(9, bytes64(0) + bytes(7, 4)).error
        }
        #expect(error == 0)
    }

    @Test func `each client finds configuration space as after power on, and memory of its own`() async throws {
        let server = try RunningServer(try bridge())
        let (command, memory, opRegion) = try await onThread {
            defer { server.end() }
            let first = try VFIOUserClient.greeted(server.path)
            _ = try first.ask(10, bytes64(4) + bytes(7, 2) + [7, 5])
            _ = try first.ask(5, bytes(32, 0, 0, 0))
            let kept = dup(try #require(first.descriptors.last))
            defer { close(kept) }
            _ = store(Array("secret".utf8), kept, at: 0)
            _ = try first.ask(10, bytes64(0) + bytes(1, 4) + [0, 0, 0, 0])
            first.leave()
            // The first one's end is noticed before the second one is answered or with it: it is tried until there is room.
            var second = try? VFIOUserClient.greeted(server.path)
            while second == nil { second = try? VFIOUserClient.greeted(server.path) }
            let guest = try #require(second)
            let command = try guest.ask(9, bytes64(4) + bytes(7, 2)).payload.suffix(2)
            _ = store(Array("spying".utf8), kept, at: 0)
            let memory = try guest.ask(9, bytes64(0) + bytes(0, 6)).payload.suffix(6)
            return (Array(command), Array(memory), try guest.ask(9, bytes64(0) + bytes(1, 5)).payload.suffix(5))
        }
        #expect(command == [0, 0])
        #expect(memory == [0, 0, 0, 0, 0, 0])
        #expect(Array(opRegion) == Array("Intel".utf8))
    }

    @Test func `a reset keeps memory, fills what begins with contents and clears configuration space`() async throws {
        let server = try RunningServer(try bridge())
        let (command, memory, opRegion) = try await onThread {
            defer { server.end() }
            let client = try VFIOUserClient.greeted(server.path)
            for (offset, region): (UInt64, UInt32) in [(4, 7), (0, 0), (0, 1)] {
                _ = try client.ask(10, bytes64(offset) + bytes(region, 4) + [1, 1, 1, 1])
            }
            _ = try client.ask(13)
            return (
                try client.ask(9, bytes64(4) + bytes(7, 4)).payload.suffix(4),
                try client.ask(9, bytes64(0) + bytes(0, 4)).payload.suffix(4),
                try client.ask(9, bytes64(0) + bytes(1, 4)).payload.suffix(4)
            )
        }
        #expect(Array(command) == [0, 0, 0, 0])
        #expect(Array(memory) == [1, 1, 1, 1])
        #expect(Array(opRegion) == Array("Inte".utf8))
    }

    @Test func `a hundred clients in a row, each killed at another place, leave the server well`() async throws {
        let server = try RunningServer(try bridge())
        let works = try await onThread {
            defer { server.end() }
            let greeting = bytes(1 << 16, 20, 0, 0) + [0, 0, 0, 0]
            let conversation =
                greeting + bytes(2 | 5 << 16, 48, 0, 0) + bytes(32, 0, 0, 0) + bytes64(0, 0)
                + bytes(3 | 9 << 16, 32, 0, 0) + bytes64(0) + bytes(7, 256)
            for count in 0..<100 {
                let client = try VFIOUserClient(server.path)
                try client.sendRaw(Array(conversation.prefix(1 + count)))
                client.leave()
            }
            while true {
                if let client = try? VFIOUserClient.greeted(server.path) { return try client.ask(13).error == 0 }
            }
        }
        #expect(works)
    }

    @Test func `a client that asks for much and reads nothing is waited for, and gets it all`() async throws {
        let server = try RunningServer(try bridge([.init(0, size: 1 << 20)]))
        let total = try await onThread {
            defer { server.end() }
            let client = try VFIOUserClient.greeted(server.path)
            // More answers than the server keeps for anyone, while nobody reads: another thread sends what the server will not take.
            let count = 24
            let number = client.socket
            Thread.detachNewThread {
                let request = bytes(9 << 16, 32, 0, 0) + bytes64(0) + bytes(0, 1 << 20)
                for _ in 0..<count { _ = request.withUnsafeBytes { send(number, $0.baseAddress, $0.count, 0) } }
            }
            return try (0..<count).reduce(0) { total, _ in total + (try client.reply().payload.count) }
        }
        #expect(total == 24 * ((1 << 20) + 16))
    }

    /// Guest memory comes as descriptors; one that stayed open would keep it alive.
    @Test func `every descriptor that comes is closed`() async throws {
        let server = try RunningServer(try bridge())
        let copies = try await onThread {
            defer { server.end() }
            let client = try VFIOUserClient.greeted(server.path)
            let memory = try SharedMemoryFile()
            let body = bytes(32, 3) + bytes64(0, 0, 4096)
            for _ in 0..<50 { _ = try client.ask(2, body, passing: [memory.descriptor]) }
            // With an unknown command, without a reply, and as many as one message can have.
            _ = try client.ask(99, [], passing: [memory.descriptor, memory.descriptor])
            try client.send(2, body, flags: 0x10, passing: [memory.descriptor])
            _ = try client.ask(2, body, passing: Array(repeating: memory.descriptor, count: 253))
            return memory.copies
        }
        #expect(copies == 1)
    }

    @Test func `random messages end no server`() async throws {
        let seed: UInt64 = 2026
        let server = try RunningServer(
            try bridge([.init(0, size: 4096), .init(1, size: 4096, isWritable: false)], rom: [0x55, 0xaa]))
        let works = try await onThread {
            defer { server.end() }
            var random = Seeded(seed)
            for _ in 0..<400 { try RandomTalk.talk(to: server.path, &random) }
            while true {
                if let client = try? VFIOUserClient.greeted(server.path) { return try client.ask(13).error == 0 }
            }
        }
        #expect(works, "seed \(seed)")
    }
}

/// A file in memory of which it is known how many descriptors this process has for it.
private final class SharedMemoryFile {
    let descriptor: Int32
    private let name: String

    init() throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("vu-memory-\(UUID().uuidString)").path
        name = path
        descriptor = open(path, O_RDWR | O_CREAT, 0o600)
        try #require(descriptor >= 0)
    }

    deinit {
        close(descriptor)
        unlink(name)
    }

    var copies: Int {
        let all = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []
        return all.count { (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\($0)")) == name }
    }
}

/// Well-formed and broken messages, mixed.
private enum RandomTalk {
    static func talk(to path: String, _ random: inout Seeded) throws {
        let client = try VFIOUserClient(path)
        defer { client.leave() }
        if Int.random(in: 0..<8, using: &random) > 0 { try? client.sendRaw(bytes(1 << 16, 20, 0, 0) + [0, 0, 0, 0]) }
        for _ in 0..<Int.random(in: 1...12, using: &random) {
            do { try client.sendRaw(message(&random)) } catch { return }
        }
        // Answers are read by some.
        if Bool.random(using: &random) { _ = try? client.reply() }
    }

    private static func message(_ random: inout Seeded) -> [UInt8] {
        let command = UInt32.random(in: 0...18, using: &random)
        let count = [0, 4, 8, 12, 16, 20, 24, 32, 40, 300].randomElement(using: &random) ?? 0
        var body: [UInt8] = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
        // Numbers that mean something are likelier to come through.
        if count >= 16, Bool.random(using: &random) {
            let offsets: [UInt64] = [0, 4, 0x10, 0xff, 0xfff, 0x1000, UInt64.max]
            let region = UInt32.random(in: 0...9, using: &random)
            let lengths: [UInt32] = [0, 1, 4, UInt32(count - 16), 256, 1 << 20, UInt32.max]
            let offset = offsets.randomElement(using: &random) ?? 0
            let length = lengths.randomElement(using: &random) ?? 0
            body.replaceSubrange(0..<16, with: bytes64(offset) + bytes(region, length))
        }
        let sizes: [UInt32] = [
            UInt32(16 + count), UInt32(16 + count), UInt32(16 + count), 15, UInt32(17 + count), 1 << 24,
        ]
        let size = sizes.randomElement(using: &random) ?? 16
        let flags: UInt32 = [0, 0, 0, 0, 0x10, 0x20, 1, 0xffff_fff0].randomElement(using: &random) ?? 0
        return bytes(UInt32.random(in: 0...0xffff, using: &random) | command << 16, size, flags, 0) + body
    }
}

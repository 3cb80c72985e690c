import BerthVFIOUser
import Foundation
import Glibc
import TestSupport
import Testing

/// What QEMU 11.1.3 sends while it starts a guest of the machine pc with one such device, in its order, and what it makes of answers.
struct ConversationTests {
    /// As recorded.
    private static let capabilities = """
        {"capabilities": {"pgsizes": 4096, "max_msg_fds": 16, "max_dma_maps": 65535, "max_data_xfer_size": 1048576, \
        "migration": {"pgsize": 4096, "max_bitmap_size": 33554432}, "write_multiple": true}}
        """

    private func inConversation<Result: Sendable>(
        _ function: any FunctionBehaviour, _ work: @escaping @Sendable (VFIOUserClient) throws -> Result
    ) async throws -> Result {
        let server = try RunningServer(function)
        return try await onThread {
            defer { server.end() }
            let client = try VFIOUserClient.greeted(server.path, capabilities: Self.capabilities)
            defer { client.leave() }
            return try work(client)
        }
    }

    @Test func `the first message is answered with version 0_0 and what the server can`() async throws {
        let server = try RunningServer(try bridge())
        let payload = try await onThread {
            defer { server.end() }
            return try VFIOUserClient(server.path).ask(1, [0, 0, 0, 0] + Array(Self.capabilities.utf8) + [0]).payload
        }
        #expect(payload.prefix(4) == [0, 0, 0, 0])
        #expect(payload.last == 0)
        let text = String(decoding: payload.dropFirst(4).dropLast(), as: UTF8.self)
        #expect(text == #"{"capabilities":{"max_msg_fds":1,"max_data_xfer_size":1048576,"pgsizes":4096}}"#)
    }

    @Test func `a start of QEMU gets replies of the recorded sizes`() async throws {
        let sizes = try await inConversation(try bridge()) { client in
            // Five maps of guest memory before any reply is read, one of them with a descriptor.
            var pipe: [Int32] = [0, 0]
            _ = Glibc.pipe(&pipe)
            defer { pipe.forEach { close($0) } }
            var sizes: [Int] = []
            for index in 0..<5 {
                let body = bytes(32, 3) + bytes64(0, UInt64(index) << 28, 1 << 28)
                try client.send(2, body, passing: index == 0 ? [pipe[0]] : [])
            }
            for _ in 0..<5 { sizes.append(try client.reply().payload.count + 16) }
            func ask(_ command: UInt16, _ body: [UInt8] = []) throws {
                sizes.append(try client.ask(command, body).payload.count + 16)
            }
            try ask(4, bytes(16, 0, 0, 0))
            for index: UInt32 in [0, 1, 2, 3, 4, 5, 7] { try ask(5, bytes(32, 0, index, 0) + bytes64(0, 0)) }
            try ask(7, bytes(16, 0, 3, 0))
            try ask(9, bytes64(0) + bytes(7, 256))
            try ask(10, bytes64(0x30) + bytes(7, 4) + bytes(0xffff_f800))
            try ask(9, bytes64(0x10) + bytes(7, 4))
            try ask(9, bytes64(0x3d) + bytes(7, 1))
            try ask(13)
            try ask(3, bytes(24, 0) + bytes64(0, 1 << 28))
            try ask(10, bytes64(0x04) + bytes(7, 2) + [0x03, 0x01])
            return sizes
        }
        #expect(
            sizes == [16, 16, 16, 16, 16, 32, 48, 48, 48, 48, 48, 48, 48, 16, 288, 32, 36, 33, 16, 40, 32])
    }

    @Test func `five requests before the first reply are answered in their order`() async throws {
        let isInOrder = try await inConversation(try bridge()) { client in
            let sent = try (0..<5).map { _ in try client.send(2, bytes(32, 3) + bytes64(0, 0, 4096)) }
            return try sent == (0..<5).map { _ in try client.reply().id }
        }
        #expect(isInOrder)
    }

    @Test func `a message that comes byte by byte is a message`() async throws {
        let payload = try await inConversation(try bridge()) { client in
            let message = bytes(7 | 9 << 16, 32, 0, 0) + bytes64(0) + bytes(7, 4)
            for byte in message { try client.sendRaw([byte]) }
            return try client.reply().payload.suffix(4)
        }
        #expect(Array(payload) == [0x86, 0x80, 0x84, 0x9d])
    }

    @Test func `what a guest writes is in the memory, and what the server has put there is read`() async throws {
        let (isWritten, read, size, seals) = try await inConversation(try bridge()) { client in
            _ = try client.ask(5, bytes(32, 0, 1, 0) + bytes64(0, 0))
            let descriptor = try #require(client.descriptors.last)
            let begin = load(descriptor, at: 0, count: 16)
            let isStored = store([1, 2, 3], descriptor, at: 0x3ffd)
            let byMessage = try client.ask(9, bytes64(0x3ffc) + bytes(1, 4)).payload.suffix(4)
            var status = stat()
            fstat(descriptor, &status)
            let seals = fcntl(descriptor, 1034)
            return (isStored && Array(byMessage) == [0, 1, 2, 3], begin, status.st_size, seals)
        }
        #expect(isWritten)
        #expect(read == Array("IntelGraphicsMem".utf8))
        #expect(size == 0x4000)
        // SEAL, SHRINK, GROW: a file that shrinks under QEMU kills it with SIGBUS.
        #expect(seals == 0x7)
    }

    @Test func `nothing is answered to a write that wants no answer`() async throws {
        let payload = try await inConversation(try bridge()) { client in
            try client.send(10, bytes64(0) + bytes(1, 4) + [1, 2, 3, 4], flags: 0x10)
            try client.send(99, [], flags: 0x10)
            let reply = try client.ask(9, bytes64(0) + bytes(1, 4))
            return reply.payload.suffix(4)
        }
        #expect(Array(payload) == [1, 2, 3, 4])
    }

    /// Answers that QEMU dies of or complains about; the facts' table, row by row.
    @Test func `no answer is one that QEMU 11_1 dies of`() async throws {
        let bars: [CarrierFunction.BAR] = [
            .init(0, size: 0x8000_0000), .init(1, size: 4096, contents: [1], isWritable: false),
            .init(2, size: 1 << 30, .memory64(prefetchable: true)),
            .init(4, size: 16, contents: [7], isWritable: false),
        ]
        let facts = try await inConversation(try bridge(bars, rom: [0x55, 0xaa, 1])) { client in
            var facts: [String] = []
            let info = numbers(try client.ask(4, bytes(16, 0, 0, 0)).payload)
            if info[2] < 9 { facts.append("unexpected number of io regions") }
            if info[1] & 2 == 0 { facts.append("not a PCI device") }
            for index: UInt32 in 0..<9 {
                let before = client.descriptors.count
                let reply = numbers(try client.ask(5, bytes(32, 0, index, 0) + bytes64(0, 0)).payload)
                let size = UInt64(reply[4]) | UInt64(reply[5]) << 32
                let isMapped = reply[1] & 4 != 0
                if reply[6] != 0 || reply[7] != 0 { facts.append("offset of region \(index) is not page aligned") }
                if isMapped != (client.descriptors.count == before + 1) { facts.append("region \(index): descriptor") }
                if isMapped, reply[1] & 2 == 0 { facts.append("region \(index) is mapped and cannot be written") }
                if index < 6, size > 0, size.nonzeroBitCount != 1 { facts.append("BAR \(index) is no power of two") }
                var status = stat()
                if isMapped, let last = client.descriptors.last, fstat(last, &status) == 0, status.st_size != size {
                    facts.append("descriptor of region \(index) is shorter than the BAR")
                }
            }
            if try client.ask(2, bytes(32, 3) + bytes64(0, 0, 4096)).error != 0 { facts.append("DMA_MAP refused") }
            let interrupt = try client.ask(7, bytes(16, 0, 3, 0))
            if interrupt.error != UInt32(EINVAL) || interrupt.flags != 0x21 || !interrupt.payload.isEmpty {
                facts.append("the error interrupt is not refused")
            }
            for (count, size) in [(1, 17), (2, 18), (4, 20), (256, 272)] as [(UInt32, Int)] {
                if try client.ask(9, bytes64(0) + bytes(7, count)).payload.count != size {
                    facts.append("reply larger than recv buffer")
                }
            }
            return facts
        }
        #expect(facts == [])
    }
}

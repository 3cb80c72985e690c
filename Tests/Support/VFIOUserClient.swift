import Foundation
import Glibc

/// A client of our own: it sends what it is told to, and takes replies one by one. Every call of it waits, so that tests use it on
/// threads of their own (``onThread(_:)``).
package final class VFIOUserClient {
    package struct Reply: Hashable {
        package var id: UInt16
        package var command: UInt16
        package var flags: UInt32
        package var error: UInt32
        package var payload: [UInt8]
    }

    package struct Lost: Error {
        package init() {}
    }

    package private(set) var socket: Int32
    /// What came with replies and has not been taken.
    package var descriptors: [Int32] = []
    private var next: UInt16 = 1

    package init(_ path: String) throws {
        socket = Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8)) }
        let result = withUnsafePointer(to: address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(socket, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        // A server that keeps its end open is a failure, not a test that never ends.
        var limit = timeval(tv_sec: 60, tv_usec: 0)
        setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        guard result == 0 else {
            close(socket)
            socket = -1
            throw Lost()
        }
    }

    deinit { leave() }

    package func leave() {
        if socket >= 0 { close(socket) }
        socket = -1
        for descriptor in descriptors { close(descriptor) }
        descriptors = []
    }

    /// The number of the request. `size` and `passing` make messages that nobody should send.
    @discardableResult package func send(
        _ command: UInt16, _ body: [UInt8] = [], flags: UInt32 = 0, size: UInt32? = nil, passing: [Int32] = []
    ) throws -> UInt16 {
        next &+= 1
        let bytes = bytes(UInt32(next) | UInt32(command) << 16, size ?? UInt32(16 + body.count), flags, 0) + body
        try sendRaw(bytes, passing: passing)
        return next
    }

    package func sendRaw(_ bytes: [UInt8], passing: [Int32] = []) throws {
        var rest = bytes[...]
        if !passing.isEmpty {
            var control = Control.message(passing)
            let sent = rest.withUnsafeBytes { data in
                control.withUnsafeMutableBytes { control in
                    var part = iovec(iov_base: UnsafeMutableRawPointer(mutating: data.baseAddress), iov_len: data.count)
                    return withUnsafeMutablePointer(to: &part) { part in
                        var message = msghdr()
                        message.msg_iov = part
                        message.msg_iovlen = 1
                        message.msg_control = control.baseAddress
                        message.msg_controllen = control.count
                        return sendmsg(socket, &message, Int32(MSG_NOSIGNAL))
                    }
                }
            }
            guard sent > 0 else { throw Lost() }
            rest = rest.dropFirst(sent)
        }
        while !rest.isEmpty {
            let sent = rest.withUnsafeBytes { Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard sent > 0 else { throw Lost() }
            rest = rest.dropFirst(sent)
        }
    }

    /// The next reply. Errors: the server has closed.
    package func reply() throws -> Reply {
        let header = try receive(16)
        func number(_ at: Int, _ width: Int) -> UInt32 {
            (0..<width).reduce(0) { $0 | UInt32(header[at + $1]) << UInt32(8 * $1) }
        }
        let size = Int(number(4, 4))
        guard size >= 16, size <= 2 << 20 else { throw Lost() }
        return Reply(
            id: UInt16(number(0, 2)), command: UInt16(number(2, 2)), flags: number(8, 4), error: number(12, 4),
            payload: try receive(size - 16))
    }

    package func ask(
        _ command: UInt16, _ body: [UInt8] = [], flags: UInt32 = 0, passing: [Int32] = []
    ) throws -> Reply {
        try send(command, body, flags: flags, passing: passing)
        return try reply()
    }

    /// One that has been greeted.
    ///
    /// Errors: it was refused.
    package static func greeted(
        _ path: String, capabilities: String? = #"{"capabilities":{"max_msg_fds":16}}"#
    ) throws -> VFIOUserClient {
        let client = try VFIOUserClient(path)
        let text: [UInt8] = capabilities.map { Array($0.utf8) + [0] } ?? []
        let reply = try client.ask(1, [0, 0, 0, 0] + text)
        guard reply.error == 0 else { throw Lost() }
        return client
    }

    /// Whether the server has closed, after what it may still have said.
    package func isClosedByServer() -> Bool {
        while true {
            do { _ = try reply() } catch { return errno != EAGAIN }
        }
    }

    private func receive(_ count: Int) throws -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count < count {
            var part = [UInt8](repeating: 0, count: count - bytes.count)
            var control = [UInt8](repeating: 0, count: 64)
            let (received, controlSize) = part.withUnsafeMutableBytes { data in
                control.withUnsafeMutableBytes { control in
                    var vector = iovec(iov_base: data.baseAddress, iov_len: data.count)
                    return withUnsafeMutablePointer(to: &vector) { vector in
                        var message = msghdr()
                        message.msg_iov = vector
                        message.msg_iovlen = 1
                        message.msg_control = control.baseAddress
                        message.msg_controllen = control.count
                        let received = recvmsg(socket, &message, 0)
                        return (received, received > 0 ? message.msg_controllen : 0)
                    }
                }
            }
            guard received > 0 else {
                if received == 0 { errno = 0 }
                throw Lost()
            }
            descriptors += Control.descriptors(Array(control.prefix(Int(controlSize))))
            bytes += part.prefix(received)
        }
        return bytes
    }
}

/// Descriptors beside bytes, for one block of them.
private enum Control {
    static func message(_ descriptors: [Int32]) -> [UInt8] {
        let used = MemoryLayout<cmsghdr>.size + 4 * descriptors.count
        var control = [UInt8](repeating: 0, count: (used + 7) & ~7)
        var header = cmsghdr()
        header.cmsg_len = used
        header.cmsg_level = SOL_SOCKET
        header.cmsg_type = Int32(SCM_RIGHTS)
        control.withUnsafeMutableBytes {
            $0.storeBytes(of: header, as: cmsghdr.self)
            for (index, descriptor) in descriptors.enumerated() {
                $0.storeBytes(of: descriptor, toByteOffset: MemoryLayout<cmsghdr>.size + 4 * index, as: Int32.self)
            }
        }
        return control
    }

    static func descriptors(_ control: [UInt8]) -> [Int32] {
        let start = MemoryLayout<cmsghdr>.size
        guard control.count >= start + 4 else { return [] }
        return control.withUnsafeBytes { bytes in
            let length = Int(bytes.loadUnaligned(as: cmsghdr.self).cmsg_len)
            return (0..<(length - start) / 4).map {
                bytes.loadUnaligned(fromByteOffset: start + 4 * $0, as: Int32.self)
            }
        }
    }
}

/// Numbers of 32 bits as they go over the socket.
package func bytes(_ values: UInt32...) -> [UInt8] {
    values.flatMap { value in (0..<4).map { UInt8(truncatingIfNeeded: value >> UInt32(8 * $0)) } }
}

package func bytes64(_ values: UInt64...) -> [UInt8] {
    values.flatMap { value in (0..<8).map { UInt8(truncatingIfNeeded: value >> UInt64(8 * $0)) } }
}

/// The numbers of 32 bits in a payload.
package func numbers(_ bytes: [UInt8]) -> [UInt32] {
    stride(from: 0, to: bytes.count - bytes.count % 4, by: 4).map { at in
        (0..<4).reduce(0) { $0 | UInt32(bytes[at + $1]) << UInt32(8 * $1) }
    }
}

/// Work that waits gets a thread: a wait on the pool of tasks would stop the other tests.
package func onThread<Result: Sendable>(_ work: @escaping @Sendable () throws -> Result) async throws -> Result {
    try await withCheckedThrowingContinuation { continuation in
        Thread.detachNewThread { continuation.resume(with: Swift.Result { try work() }) }
    }
}

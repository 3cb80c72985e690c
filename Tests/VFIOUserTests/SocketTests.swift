import BerthVFIOUser
import Foundation
import Glibc
import TestSupport
import Testing

/// Where a server may listen, and when it ends.
struct SocketTests {
    private let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
        "vu-\(UUID().uuidString.prefix(8))")

    private func inFolder<Result>(_ work: (String) throws -> Result) throws -> Result {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try work(folder.path)
    }

    private func message(_ path: String) throws -> String {
        do {
            _ = try FunctionServer(try bridge(), path: path)
            return ""
        } catch let error as FunctionError {
            return error.description
        }
    }

    @Test func `the socket is its user's alone, and goes with the server`() throws {
        try inFolder { (folder: String) throws in
            let path = folder + "/s"
            let server = try FunctionServer(try bridge(), path: path)
            var status = stat()
            #expect(stat(path, &status) == 0)
            #expect(status.st_mode & 0o777 == 0o600)
            server.requestStop()
            try server.run()
            #expect(stat(path, &status) != 0)
            // A second run has nothing to serve.
            try server.run()
        }
    }

    @Test func `107 bytes are a path, 108 are not`() throws {
        try inFolder { (folder: String) throws in
            let path = folder + "/" + String(repeating: "s", count: 107 - folder.utf8.count - 1)
            #expect(try message(path) == "")
            #expect(
                try message(path + "s")
                    == "the socket '\(path)s' has a path of 108 bytes; a Unix socket's has at most 107")
        }
        #expect(try message("") == "the socket '' is no path")
    }

    @Test func `a folder that is not there`() throws {
        let path = "/nowhere-\(UUID().uuidString)/s"
        #expect(try message(path) == "the socket '\(path)' is in a folder that is not there; make the folder first")
    }

    @Test func `a file in the way stays`() throws {
        try inFolder { (folder: String) throws in
            let path = folder + "/s"
            try Data("x".utf8).write(to: URL(filePath: path))
            #expect(
                try message(path) == "the socket '\(path)' cannot be made: something that is no socket has the name")
            #expect(try Data(contentsOf: URL(filePath: path)) == Data("x".utf8))
        }
    }

    @Test func `a socket that somebody answers on is in use`() throws {
        try inFolder { (folder: String) throws in
            let path = folder + "/s"
            let server = try FunctionServer(try bridge(), path: path)
            #expect(
                try message(path)
                    == "the socket '\(path)' is in use: another server answers there; a guest has one server for each of its carriers"
            )
            withExtendedLifetime(server) {}
        }
    }

    @Test func `what a dead server left is replaced`() throws {
        try inFolder { (folder: String) throws in
            let path = folder + "/s"
            // Bound by nobody that lives: the descriptor goes, the name stays.
            let number = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
            var address = sockaddr_un()
            address.sun_family = sa_family_t(AF_UNIX)
            withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8)) }
            let isBound = withUnsafePointer(to: address) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    bind(number, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
                }
            }
            #expect(isBound == 0)
            close(number)
            #expect(try message(path) == "")
        }
    }

    @Test func `a socket that another server has put there in the meantime stays`() throws {
        try inFolder { (folder: String) throws in
            let path = folder + "/s"
            let old = try FunctionServer(try bridge(), path: path)
            #expect(unlink(path) == 0)
            let new = try FunctionServer(try bridge(), path: path)
            old.requestStop()
            try old.run()
            var status = stat()
            #expect(stat(path, &status) == 0)
            withExtendedLifetime(new) {}
        }
    }

    @Test func `a first wish to stop is refused while a guest is there, and obeyed when it leaves`() async throws {
        let server = try RunningServer(try bridge())
        let (still, error, isOver) = try await onThread {
            defer { server.end() }
            let guest = try VFIOUserClient.greeted(server.path)
            server.requestStop()
            // The wish is seen before the next message or with it; then nobody else is let in.
            let still = try guest.ask(9, bytes64(0) + bytes(7, 4)).error
            let late = try VFIOUserClient(server.path).ask(1, [0, 0, 0, 0]).error
            guest.leave()
            return (still, late, server.waitForEnd())
        }
        #expect(still == 0)
        #expect(error == UInt32(EBUSY))
        #expect(isOver)
        let me = getpid()
        #expect(
            server.events == [
                .attached(process: me), .stopRefused(process: me), .refused(process: me),
                .detached(process: me, brokeProtocol: false),
            ])
    }

    @Test func `a second wish is obeyed with a guest there`() async throws {
        let server = try RunningServer(try bridge())
        let (isOver, isClosed) = try await onThread {
            defer { server.end() }
            let guest = try VFIOUserClient.greeted(server.path)
            server.requestStop()
            _ = try guest.ask(13)
            server.requestStop()
            return (server.waitForEnd(), guest.isClosedByServer())
        }
        #expect(isOver)
        #expect(isClosed)
    }

    @Test func `readiness is a datagram`() throws {
        try inFolder { (folder: String) throws in
            let path = folder + "/notify"
            let number = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
            defer { close(number) }
            var address = sockaddr_un()
            address.sun_family = sa_family_t(AF_UNIX)
            withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8)) }
            _ = withUnsafePointer(to: address) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    bind(number, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
                }
            }
            #expect(ServiceManager.tell("READY=1\nSTATUS=waiting", socket: path))
            var bytes = [UInt8](repeating: 0, count: 100)
            let count = recv(number, &bytes, bytes.count, Int32(MSG_DONTWAIT))
            #expect(String(decoding: bytes.prefix(max(0, count)), as: UTF8.self) == "READY=1\nSTATUS=waiting")
            #expect(!ServiceManager.tell("READY=1", socket: folder + "/nobody"))
            #expect(!ServiceManager.tell("READY=1", socket: ""))
        }
    }
}

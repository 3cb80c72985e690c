import Foundation
import Glibc
import TestSupport
import Testing

/// `berth carrier serve` as a process.
struct CarrierCommandTests {
    private static func folder() throws -> URL {
        let url = FileManager.default.temporaryDirectory.appendingPathComponent("vu-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        return url
    }

    /// Of 108 bytes.
    private static let longPath = "/tmp/" + String(repeating: "s", count: 103)

    @Test(
        arguments: [
            (
                ["--socket", "/nowhere/at/all/s", "--size", "64M"], 73,
                "is in a folder that is not there; make the folder first"
            ),
            (
                ["--socket", longPath, "--size", "64M"], 73,
                "has a path of 108 bytes; a Unix socket's has at most 107"
            ),
            (["--socket", "/tmp", "--size", "64M"], 73, "cannot be made: something that is no socket has the name"),
            (["--socket", "/tmp/vu-never", "--size", "63M"], 64, "BAR 0: 66060288 bytes is no power of two"),
            (
                ["--socket", "/tmp/vu-never", "--size", "64T", "--bits", "64"], 64,
                "67108864 MiB behind BARs are more than the"
            ),
            (["--socket", "/tmp/vu-never", "--size", "x"], 64, "--size 'x' is no size such as 64M"),
            (
                ["--socket", "/tmp/vu-never", "--size", "64M", "--id", "8086"], 64,
                "--id '8086' is no vendor and device"
            ),
            (["--socket", "/tmp/vu-never", "--size", "64M", "--opregion", "/nowhere/o"], 66, "there is no such file"),
            (
                ["--socket", "/tmp/vu-never", "--size", "64M", "--rom", "README.md"], 64,
                "no option ROM: it does not begin with 55 AA"
            ),
            (["--socket", "/tmp/vu-never"], 64, "give a guest, whose plan says what to serve, or --socket and --size"),
            (["pc-seabios-gen8"], 65, "has no carrier that a server shows"),
            (["pc-seabios-gen8", "--size", "64M"], 64, "the guest's plan has the sizes"),
        ] as [([String], Int, String)])
    func `bad input`(arguments: [String], status: Int, message: String) async throws {
        let run = try await BuiltTool.run(["carrier", "serve"] + arguments)
        #expect(run.status == status, "\(run.complaint)")
        #expect(run.complaint.contains(message), "\(run.complaint)")
        #expect(run.output == "")
    }

    /// With another socket, in a folder that is not there.
    @Test(arguments: ["vfio-user-lpc-bridge", "vfio-user-host-bridge", "vfio-user-ram-controller"])
    func `the command that a plan shows is one`(strategy: String) async throws {
        let plan = try await BuiltTool.run([
            "plan", "pc-seabios-gen9", "--stack", "debian-unstable", "--strategy", strategy, "--format", "json",
        ])
        let command = try #require(plan.output.firstMatch(of: /berth carrier serve --socket \S+ ([-a-zA-Z0-9 ]+)/)?.1)
        let options = command.split(separator: " ").map(String.init)
        #expect(options.count >= 4)
        let run = try await BuiltTool.run(["carrier", "serve", "--socket", "/nowhere/at/all/s"] + options)
        #expect(run.status == 73, "\(run.complaint)")
    }

    /// A server that listens.
    private final class Server {
        let process = Process()
        let path: String
        private let complaints = Pipe()
        private var text = ""

        init(_ folder: URL, _ arguments: [String]) throws {
            path = folder.appendingPathComponent("s").path
            process.executableURL = BuiltTool.url
            process.arguments = ["carrier", "serve", "--socket", path] + arguments
            process.standardError = complaints
            try process.run()
            _ = try line()
        }

        /// The next one that it prints.
        func line() throws -> String {
            while true {
                if let end = text.firstIndex(of: "\n") {
                    defer { text = String(text[text.index(after: end)...]) }
                    return String(text[..<end])
                }
                let data = complaints.fileHandleForReading.availableData
                guard !data.isEmpty else { throw VFIOUserClient.Lost() }
                text += String(decoding: data, as: UTF8.self)
            }
        }

        var descriptors: Int {
            (try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(process.processIdentifier)/fd").count) ?? -1
        }
    }

    @Test func `SIGTERM is refused once while a guest is there, and obeyed when it leaves`() async throws {
        let folder = try Self.folder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let (lines, status) = try await onThread {
            let server = try Server(folder, ["--size", "1M", "--opregion-size", "16K"])
            let guest = try VFIOUserClient.greeted(server.path)
            var lines = [try server.line()]
            kill(server.process.processIdentifier, SIGTERM)
            lines.append(try server.line())
            _ = try guest.ask(13)
            guest.leave()
            lines.append(try server.line())
            server.process.waitUntilExit()
            return (lines, server.process.terminationStatus)
        }
        let me = getpid()
        #expect(
            lines == [
                "carrier: process \(me) has the function",
                "carrier: not ending: process \(me) has the function, and its guest would die at its next reset. Ending when it "
                    + "leaves, or at once when asked again",
                "carrier: process \(me) has left",
            ])
        #expect(status == 0)
        #expect(!FileManager.default.fileExists(atPath: folder.appendingPathComponent("s").path))
    }

    @Test(arguments: [SIGTERM, SIGINT, SIGHUP])
    func `a second signal is obeyed`(signal: Int32) async throws {
        let folder = try Self.folder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let (isClosed, status, isExit) = try await onThread {
            let server = try Server(folder, ["--size", "1M"])
            let guest = try VFIOUserClient.greeted(server.path)
            _ = try server.line()
            kill(server.process.processIdentifier, signal)
            _ = try server.line()
            kill(server.process.processIdentifier, signal)
            server.process.waitUntilExit()
            return (
                guest.isClosedByServer(), server.process.terminationStatus, server.process.terminationReason == .exit
            )
        }
        #expect(isClosed)
        #expect(status == 0)
        #expect(isExit)
    }

    @Test func `a hundred guests leave no descriptor behind`() async throws {
        let folder = try Self.folder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let counts = try await onThread {
            let server = try Server(folder, ["--size", "1M", "--opregion-size", "16K"])
            defer {
                kill(server.process.processIdentifier, SIGKILL)
                server.process.waitUntilExit()
            }
            let before = server.descriptors
            for number in 0..<100 {
                let guest = try VFIOUserClient.greeted(server.path)
                _ = try server.line()
                try guest.send(2, bytes(32, 3) + bytes64(0, 0, 4096), passing: [0, 1, 2])
                _ = try guest.ask(5, bytes(32, 0, 0, 0))
                // Every other one is cut off in the middle of a message.
                if number % 2 == 0 { try guest.sendRaw([1, 2, 3]) }
                guest.leave()
                _ = try server.line()
            }
            // It says that a guest left before the last descriptor is closed.
            let end = Date.now + 10
            while server.descriptors != before, Date.now < end { Thread.sleep(forTimeInterval: 0.02) }
            return (before, server.descriptors)
        }
        #expect(counts.0 == counts.1)
        #expect(counts.0 > 3)
    }

    @Test func `two servers cannot have one socket`() async throws {
        let folder = try Self.folder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appendingPathComponent("s").path
        let pid = try await onThread { try Server(folder, ["--size", "1M"]).process.processIdentifier }
        defer { kill(pid, SIGKILL) }
        let run = try await BuiltTool.run(["carrier", "serve", "--socket", path, "--size", "1M"])
        #expect(run.status == 73)
        #expect(run.complaint.contains("is in use: another server answers there"))
    }

    @Test func `the carrier of a guest's plan is served`() async throws {
        let folder = try Self.folder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let (ids, sizes) = try await onThread {
            let server = try Server(
                folder, ["q35-ovmf-gen11", "--stack", "debian-unstable", "--strategy", "vfio-user-ram-controller"])
            defer {
                kill(server.process.processIdentifier, SIGKILL)
                server.process.waitUntilExit()
            }
            let guest = try VFIOUserClient.greeted(server.path)
            let ids = numbers(Array(try guest.ask(9, bytes64(0) + bytes(7, 12)).payload.dropFirst(16)))
            let sizes = try (0..<3).map { numbers(try guest.ask(5, bytes(32, 0, UInt32($0), 0)).payload)[4] }
            return (ids, sizes)
        }
        #expect(ids == [0x9d84_8086, 0, 0x0500_0000])
        #expect(sizes[0] > 0 && sizes[1] > 0 && sizes[2] == 0)
    }
}

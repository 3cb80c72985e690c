import BerthDiagnostics
import FoundationEssentials

/// A QMP monitor of a running QEMU.
///
/// Source: docs/interop/qmp-spec.txt @ QEMU 7.2.
struct QMPSession {
    private var socket: QMPSocket
    /// `7.2.22`, as the greeting says.
    private(set) var version: String?

    /// Errors: the socket cannot be made.
    init(at path: String) throws(GuestRun.Failure) { socket = try QMPSocket(at: path) }

    /// What connects QEMU to the socket.
    static func options(_ path: String) -> [String] {
        [
            "-chardev", "socket,id=berth-monitor,path=\(OptionText.escaped(path))", "-mon",
            "chardev=berth-monitor,mode=control",
        ]
    }

    /// Waits for the greeting and enters command mode. False if QEMU ended first.
    mutating func open(while isRunning: () -> Bool) async throws -> Bool {
        guard try await socket.open(while: isRunning), let greeting = try await socket.line() else { return false }
        version = (try? JSONDecoder().decode(Greeting.self, from: Data(greeting.utf8)))?.text
        return try await execute("qmp_capabilities") != nil
    }

    private struct Greeting: Decodable {
        struct Body: Decodable { var version: Version }
        struct Version: Decodable { var qemu: Numbers }
        struct Numbers: Decodable {
            var major: Int
            var minor: Int
            var micro: Int
        }
        var QMP: Body
        var text: String { "\(QMP.version.qemu.major).\(QMP.version.qemu.minor).\(QMP.version.qemu.micro)" }
    }

    /// Whether QEMU is there; a guest that it gave up (`RUN_STATE_INTERNAL_ERROR`) will never be done.
    ///
    /// Errors: also `GuestProcess.GivenUp`.
    mutating func goesOn() async throws -> Bool {
        guard let reply = try await execute("query-status") else { return false }
        if reply.contains("\"internal-error\"") { throw GuestProcess.GivenUp() }
        return true
    }

    /// Nil if QEMU ended.
    mutating func functions() async throws -> [PCIFunctionReport]? {
        guard let reply = try await execute("query-pci") else { return nil }
        return try JSONDecoder().decode(QueryPCIReply.self, from: Data(reply.utf8)).functions
    }

    /// What the human monitor prints for a command; nil if QEMU ended.
    mutating func monitor(_ line: String) async throws -> String? {
        struct Reply: Decodable { var `return`: String }
        guard
            let reply = try await execute(
                "human-monitor-command", arguments: "{\"command-line\": \(JSONText.string(line))}")
        else { return nil }
        return try? JSONDecoder().decode(Reply.self, from: Data(reply.utf8)).return
    }

    /// Four bytes of configuration space, by the ports 0xcf8 and 0xcfc; nil if QEMU ended.
    mutating func read(_ bus: UInt8, _ devfn: UInt8, at offset: Int) async throws -> UInt32? {
        try await select(bus, devfn, offset)
        // "portl[0x0cfc] = 0x00000000"
        guard let text = try await monitor("i /xw 0xcfc")?.split(separator: "=").last else { return nil }
        return UInt32(text.filter(\.isHexDigit).dropFirst(), radix: 16)
    }

    mutating func write(_ bus: UInt8, _ devfn: UInt8, at offset: Int, _ value: UInt32) async throws {
        try await select(bus, devfn, offset)
        _ = try await monitor("o /w 0xcfc \(Hexadecimal.string(value))")
    }

    private mutating func select(_ bus: UInt8, _ devfn: UInt8, _ offset: Int) async throws {
        let address = 0x8000_0000 | UInt32(bus) << 16 | UInt32(devfn) << 8 | UInt32(offset & 0xfc)
        _ = try await monitor("o /w 0xcf8 \(Hexadecimal.string(address))")
    }

    /// Lets QEMU end. It may be gone already.
    mutating func close() async {
        _ = try? await execute("quit")
        while let line = try? await socket.line(), !line.isEmpty {}
    }

    /// The line of the answer; events before it are passed over. Nil if QEMU ended.
    mutating func execute(_ command: String, arguments: String? = nil) async throws -> String? {
        let members = arguments.map { ", \"arguments\": \($0)" } ?? ""
        guard socket.send("{\"execute\": \"\(command)\"\(members)}") else { return nil }
        while let line = try await socket.line() {
            if line.hasPrefix("{\"return\"") || line.hasPrefix("{\"error\"") { return line }
        }
        return nil
    }
}

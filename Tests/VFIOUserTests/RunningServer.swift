import BerthVFIOUser
import Foundation
import Glibc
import Synchronization

/// A server on a thread of its own, in a folder of its own.
final class RunningServer: Sendable {
    let path: String
    private let folder: URL
    private let server: FunctionServer
    private let record = Record()

    private final class Record: Sendable {
        let events = Mutex<[FunctionServer.Event]>([])
        let isOver = DispatchSemaphore(value: 0)
    }

    init(_ function: any FunctionBehaviour) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("vu-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        self.folder = folder
        path = folder.appendingPathComponent("s").path
        let record = record
        server = try FunctionServer(function, path: path) { event in record.events.withLock { $0.append(event) } }
        Thread.detachNewThread { [server] in
            try? server.run()
            record.isOver.signal()
        }
    }

    /// Without the single messages.
    var events: [FunctionServer.Event] {
        record.events.withLock { $0 }.filter { if case .answered = $0 { false } else { true } }
    }

    /// Errors by command, in the order of the messages.
    var errors: [Int32] {
        record.events.withLock { $0 }.compactMap { if case .answered(_, _, let error) = $0 { error } else { nil } }
    }

    func requestStop() { server.requestStop() }

    /// Waits for the end of the server's thread; false after a minute.
    func waitForEnd() -> Bool {
        let isOver = record.isOver.wait(timeout: .now() + 60) == .success
        // For whoever asks next.
        if isOver { record.isOver.signal() }
        return isOver
    }

    /// Ends it whoever is there, and takes its folder away.
    func end() {
        server.requestStop()
        server.requestStop()
        _ = waitForEnd()
        try? FileManager.default.removeItem(at: folder)
    }
}

/// The ids of the LPC bridge of a Sunrise Point, class 0601, with stolen memory and OpRegion.
func bridge(
    _ bars: [CarrierFunction.BAR] = [
        .init(0, size: 1 << 20), .init(1, size: 0x4000, contents: Array("IntelGraphicsMem".utf8)),
    ], rom: [UInt8] = []
) throws -> CarrierFunction {
    let identity = FunctionRegisters.Identity(
        vendor: 0x8086, device: 0x9d84, subsystemVendor: 0x8086, subsystem: 0x7270, classCode: 0x060100)
    return try CarrierFunction(identity, bars: bars, rom: rom)
}

/// Writes into a descriptor's file, as a guest writes to a BAR that its client maps.
func store(_ bytes: [UInt8], _ descriptor: Int32, at offset: Int) -> Bool {
    bytes.withUnsafeBytes { pwrite(descriptor, $0.baseAddress, $0.count, offset) } == bytes.count
}

func load(_ descriptor: Int32, at offset: Int, count: Int) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    let got = bytes.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, $0.count, offset) }
    return Array(bytes.prefix(max(0, got)))
}

import BerthBoot
import BerthDiagnostics
import BerthStack
import BerthTopology
import FoundationEssentials

/// The firmware images that a run needs beside QEMU itself.
enum FirmwareImages {
    /// Errors: one of them is not installed.
    static func require(_ firmware: FirmwareKind) throws(GuestRun.Failure) {
        guard let flash = firmware.traits.flash else { return }
        for file in [flash.code, flash.variables] where !FileManager.default.fileExists(atPath: file) {
            throw .missing(file: file, package: flash.package)
        }
    }
}

/// Where a running firmware leaves signs of what it is doing.
///
/// SeaBIOS writes a log to the debug port. OVMF's release build is silent there, so QEMU traces the writes
/// to configuration space.
struct FirmwareSigns: Sendable {
    /// What stands in its log; nil for one that has none.
    let words: FirmwareTraits.DebugLog?
    private let folder: PrivateFolder
    /// Whether every coming and going of a BAR is written down.
    private let mappings: Bool

    init(_ firmware: FirmwareKind, folder: PrivateFolder, mappings: Bool = false) {
        words = firmware.traits.log
        self.folder = folder
        self.mappings = mappings
    }

    var options: [String] {
        var options = [
            "-serial", "file:\(folder.escaped("serial"))", "-debugcon", "file:\(folder.escaped("debug"))", "-global",
            "isa-debugcon.iobase=0x402",
        ]
        var traced = words == nil ? ["pci_cfg_write"] : []
        if mappings { traced += ["pci_update_mappings_add", "pci_update_mappings_del"] }
        if !traced.isEmpty { options += ["-D", folder.file("trace")] + traced.flatMap { ["-trace", $0] } }
        return options
    }

    var log: String { folder.text("debug") ?? "" }
    var serial: String { folder.text("serial") ?? "" }
    var trace: String { folder.text("trace") ?? "" }
    var configurationWrites: String { trace }

    /// `1.16.2-debian-1.16.2-1` of `SeaBIOS (version 1.16.2-debian-1.16.2-1)`; nil for a firmware without a log.
    var release: String? { words.flatMap { FirmwareLog.release(log, $0) } }

    /// What the processor reads there; nil if QEMU ended or does not say.
    func memory(at address: UInt64, count: Int, _ monitor: inout QMPSession) async throws -> [UInt8]? {
        let file = folder.file("memory")
        let arguments = "{\"val\": \(address), \"size\": \(count), \"filename\": \(JSONText.string(file))}"
        guard try await monitor.execute("pmemsave", arguments: arguments) != nil else { return nil }
        return (try? Data(contentsOf: URL(filePath: file))).map { Array($0) }
    }

    /// The map that it hands over; nil for a firmware without a log.
    func memoryMap() -> [Observation.MemoryRange]? { words.map { FirmwareLog.memoryMap(log, $0) } }
}

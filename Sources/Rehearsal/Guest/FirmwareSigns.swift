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
    let sign: FirmwareTraits.Sign
    private let folder: PrivateFolder
    /// Whether every coming and going of a BAR is written down.
    private let mappings: Bool

    init(_ firmware: FirmwareKind, folder: PrivateFolder, mappings: Bool = false) {
        sign = firmware.traits.sign
        self.folder = folder
        self.mappings = mappings
    }

    var options: [String] {
        var words = [
            "-serial", "file:\(folder.escaped("serial"))", "-debugcon", "file:\(folder.escaped("debug"))", "-global",
            "isa-debugcon.iobase=0x402",
        ]
        var traced = sign == .configurationWrites ? ["pci_cfg_write"] : []
        if mappings { traced += ["pci_update_mappings_add", "pci_update_mappings_del"] }
        if !traced.isEmpty { words += ["-D", folder.file("trace")] + traced.flatMap { ["-trace", $0] } }
        return words
    }

    var log: String { folder.text("debug") ?? "" }
    var serial: String { folder.text("serial") ?? "" }
    var trace: String { folder.text("trace") ?? "" }
    var configurationWrites: String { trace }

    /// `1.16.2-debian-1.16.2-1` of `SeaBIOS (version 1.16.2-debian-1.16.2-1)`; nil for other firmware.
    var seabiosRelease: String? {
        guard sign == .debugPort, let line = log.split(whereSeparator: \.isNewline).first,
            let start = line.firstRange(of: "SeaBIOS (version ")
        else { return nil }
        return String(line[start.upperBound...].prefix { $0 != ")" })
    }

    /// What the processor reads there; nil if QEMU ended or does not say.
    func memory(at address: UInt64, count: Int, _ monitor: inout QMPSession) async throws -> [UInt8]? {
        let file = folder.file("memory")
        let arguments = "{\"val\": \(address), \"size\": \(count), \"filename\": \(JSONText.string(file))}"
        guard try await monitor.execute("pmemsave", arguments: arguments) != nil else { return nil }
        return (try? Data(contentsOf: URL(filePath: file))).map { Array($0) }
    }

    /// The map that SeaBIOS hands over, from the last time it printed it; nil for other firmware.
    ///
    /// Source: `dump_map` in src/e820map.c @ SeaBIOS 1.16.2.
    func memoryMap() -> [Observation.MemoryRange]? {
        guard sign == .debugPort else { return nil }
        var map: [Observation.MemoryRange] = []
        for line in log.split(whereSeparator: \.isNewline) {
            if line.hasPrefix("e820 map has") { map = [] }
            // "  0: 0000000000000000 - 000000000009fc00 = 1 RAM"
            let words = line.split(separator: " ")
            guard words.count >= 6, words[0].hasSuffix(":"), words[2] == "-", words[4] == "=",
                let start = UInt64(words[1], radix: 16), let end = UInt64(words[3], radix: 16),
                let type = Int(words[5])
            else { continue }
            map.append(Observation.MemoryRange(start: start, end: end, type: type))
        }
        return map
    }
}

import Foundation
import Subprocess

/// The QEMU of this machine, as judge of a command line that libvirt made.
package enum RealQEMU {
    private static let qemu = Program("qemu-system-x86_64", package: "qemu-system-x86")

    /// What QEMU says while it builds the guest and ends at once; empty if it has no objection. Left out: libvirt's
    /// monitor, secrets and sandbox, the firmware, fw_cfg files and assigned devices, which need a host that has them.
    package static func objections(to commandLine: [String]) async throws -> String {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("berth-qemu-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let rom = try WriterROMFolder()
        defer { rom.remove() }
        let start = commandLine.firstIndex { $0.hasSuffix("qemu-system-x86_64") } ?? 0
        var words: [String] = ["-qmp", "stdio", "-L", rom.path]
        var rest = commandLine.dropFirst(start + 1)
        while let word = rest.popFirst() {
            guard let value = rest.first, !value.hasPrefix("-") else {
                words.append(word)
                continue
            }
            rest.removeFirst()
            if !isOfTheHost(word, value) { words += [word, adapted(value, folder)] }
        }
        let quit = #"{"execute":"qmp_capabilities"}{"execute":"quit"}"#
        let answer = try await qemu(words, input: quit)
        let complaints = answer.errors.split(separator: "\n").filter { !$0.contains("has no peer") }
        return answer.isSuccess ? complaints.joined(separator: "\n") : answer.errors
    }

    private static func isOfTheHost(_ option: String, _ value: String) -> Bool {
        switch option {
        case "-mon", "-sandbox", "-msg", "-fw_cfg": true
        case "-chardev": value.contains("id=charmonitor")
        case "-object": value.contains(#""secret""#)
        case "-blockdev": value.contains("pflash")
        case "-device": value.contains(#""vfio-pci""#) || value.contains(#""vfio-user-pci""#)
        default: false
        }
    }

    /// Shared memory goes where it is removed afterwards; the firmware is QEMU's own.
    private static func adapted(_ value: String, _ folder: URL) -> String {
        value.replacing("/dev/shm/", with: folder.path + "/").replacing(/,pflash\d=[^,]*/, with: "")
    }
}

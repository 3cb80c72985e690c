import BerthDiagnostics
import BerthProxmox
import BerthServices
import BerthStack
import BerthTopology
import Foundation
import TestSupport

/// Files of VMs: made after what people post, and made in the test itself.
enum Files {
    static let posted: [String] =
        ((try? PackageRoot.files(below: "Tests/ProxmoxTests/Posted", suffix: ".conf")) ?? []).map {
            String($0.dropLast(".conf".count))
        }

    static func bytes(_ name: String) throws -> [UInt8] {
        let file = PackageRoot.url.appendingPathComponent("Tests/ProxmoxTests/Posted/\(name).conf")
        return Array(try Data(contentsOf: file))
    }

    static func document(_ text: String, file: String = "100.conf") throws(InputError) -> VMDocument {
        try VMDocument(Array(text.utf8), file: file)
    }

    static func guest(_ text: String, stack: StackChoice = StackChoice()) throws(InputError) -> GuestTopology {
        try Services.guest(of: document(text), stack: stack).topology
    }

    /// The values of `-device`, and of what else decides.
    static func words(_ text: String, qemu: QEMURelease = QEMURelease(11, 0)) throws(InputError) -> [String] {
        try VMArguments.commandLine(VMConfiguration(document(text)), qemu: qemu).words.map(\.text)
    }

    static func devices(_ text: String, qemu: QEMURelease = QEMURelease(11, 0)) throws(InputError) -> [String] {
        let words = try words(text, qemu: qemu)
        return zip(words, words.dropFirst()).filter { ["-device", "-readconfig"].contains($0.0) }.map(\.1)
    }
}

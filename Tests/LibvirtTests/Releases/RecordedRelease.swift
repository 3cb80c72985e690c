import BerthLibvirtRules
import BerthStack
import BerthXML
import Foundation
import TestSupport

/// Documents that the libvirt of a release judged, completed and made arguments of.
struct RecordedRelease: Decodable {
    var cases: [Document]

    struct Document: Decodable {
        var name: String
        var xml: String
        /// `valid` or `invalid`, by the release's own schema.
        var schema: String
        /// `ok`, the message, or `host: …` for what only the recording machine lacks.
        var define: String
        var domxmlToNative: String
        /// What libvirt wrote back.
        var assigned: String?
        /// The command line.
        var argv: String?

        var verdicts: [String] { [define, domxmlToNative] }

        /// Whether libvirt takes it, as far as the document decides that.
        var isAccepted: Bool { verdicts.allSatisfy { $0 == "ok" || $0.hasPrefix("host:") } }

        /// What libvirt printed, without the class of the error that it puts first.
        var text: String? {
            guard let said = verdicts.first(where: { $0 != "ok" && !$0.hasPrefix("host:") }) else { return nil }
            for name in Self.classes where said.hasPrefix(name + ": ") { return String(said.dropFirst(name.count + 2)) }
            return said
        }

        private static let classes = [
            "XML error", "internal error", "unsupported configuration", "operation failed", "invalid argument",
        ]

        /// The `-device` arguments of PCI functions and of IOMMUs, as JSON.
        var devices: [String]? { argv.map(Self.devices) }

        private static func devices(_ argv: String) -> [String] {
            argv.components(separatedBy: " -device ").dropFirst().compactMap { rest in
                guard rest.hasPrefix("'{"), let end = rest.range(of: "}'") else { return nil }
                let text = String(rest[rest.index(after: rest.startIndex)..<end.lowerBound]) + "}"
                let isOnPCI = text.contains("\"addr\":\"0x") && text.contains("\"bus\":\"pci")
                return isOnPCI || text.contains("\"driver\":\"intel-iommu\"") ? text : nil
            }
        }
    }

    /// A recording: which documents, and of which release.
    struct Source: CustomStringConvertible {
        var documents: String
        var libvirt: LibvirtRelease
        var qemu: QEMURelease
        var root: String?

        var description: String { "\(documents)-\(libvirt.major).\(libvirt.minor)" }

        func read() throws -> [Document] {
            let file = Recorded.folder("libvirt").appendingPathComponent("\(description).json")
            return try JSONDecoder().decode(RecordedRelease.self, from: Data(contentsOf: file)).cases
        }

        /// The recording machine: it has nothing that a document could name.
        var host: LibvirtHost { LibvirtHost(qemu: qemu, libvirt: libvirt) }
    }

    static let all: [Source] = [
        Source(documents: "verdicts", libvirt: LibvirtRelease(9, 0), qemu: QEMURelease(7, 2)),
        Source(documents: "verdicts", libvirt: LibvirtRelease(11, 3), qemu: QEMURelease(10, 0)),
        Source(documents: "verdicts", libvirt: LibvirtRelease(12, 8), qemu: QEMURelease(11, 1)),
        Source(documents: "features", libvirt: LibvirtRelease(11, 3), qemu: QEMURelease(10, 0)),
        Source(documents: "features", libvirt: LibvirtRelease(12, 8), qemu: QEMURelease(11, 1)),
    ]

    /// The schema of a release: the installed one, or the one below a root of that release, which
    /// `BERTH_LIBVIRT_SCHEMAS` names as `11.3=PATH:12.8=PATH`.
    static func schema(of release: LibvirtRelease) -> RelaxNGSchema? {
        let named = ProcessInfo.processInfo.environment["BERTH_LIBVIRT_SCHEMAS"] ?? ""
        for part in named.split(separator: ":") {
            let sides = part.split(separator: "=", maxSplits: 1)
            guard sides.count == 2, LibvirtRelease(grammar: String(sides[0])) == release else { continue }
            return try? RelaxNGSchema(path: String(sides[1]))
        }
        return release == LibvirtRelease(9, 0) ? Validating.schema : nil
    }
}

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
        var isAccepted: Bool { verdicts.allSatisfy { $0 == "ok" || Self.isOfMachine($0) } }

        /// What libvirt says of the machine and of the tool that asked: swtpm, virtiofsd and firmware that are not installed, a
        /// kernel and a processor without a feature; and what domxml-to-native alone stumbles over, a host device for
        /// which a start would have found the driver.
        private static func isOfMachine(_ said: String) -> Bool {
            said.hasPrefix("host:") || said.isEmpty
                || ofMachine.contains { said.contains($0) }
        }

        private static let ofMachine = [
            "Unable to find a satisfying virtiofsd", "is not supported by host kernel",
            "TPM version '2.0' is not supported",
            "launch security is not supported with this QEMU binary", "Unable to find 'efi' firmware",
            "argument key 'driver' must not have null value", "hugetlbfs filesystem is not mounted",
        ]

        /// Whether `<qemu:…>` stands in a document that says nowhere what `qemu` is.
        var hasStrayQEMUElements: Bool { xml.contains("<qemu:") && !xml.contains("xmlns:qemu=") }

        /// What libvirt printed, without the class of the error that it puts first.
        var text: String? {
            guard let said = verdicts.first(where: { $0 != "ok" && !Self.isOfMachine($0) }) else { return nil }
            for name in Self.classes where said.hasPrefix(name + ": ") { return String(said.dropFirst(name.count + 2)) }
            return said
        }

        private static let classes = [
            "XML error", "internal error", "unsupported configuration", "operation failed", "invalid argument",
        ]

        /// What libvirt wrote back, with the place that stood for the tool's own folder as a path.
        var written: String? { assigned?.replacing(">ROOT/", with: ">/ROOT/") }

        /// The `-device` arguments of PCI functions and of intel's IOMMU, as JSON; without the address that libvirt draws for a
        /// card that has none.
        var devices: [String]? {
            argv.map { Self.devices($0).map { xml.contains("<mac ") ? $0 : $0.replacing(/,"mac":"[^"]*"/, with: "") } }
        }

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
    struct Source: CustomStringConvertible, Sendable {
        var documents: String
        var libvirt: LibvirtRelease
        var qemu: QEMURelease

        var description: String { "\(documents)-\(libvirt.major).\(libvirt.minor)" }

        func read() throws -> [Document] {
            let file = Recorded.folder("libvirt").appendingPathComponent("\(description).json")
            return try JSONDecoder().decode(RecordedRelease.self, from: Data(contentsOf: file)).cases
        }

        /// The recording machine: it has nothing that a document could name.
        var host: LibvirtHost {
            LibvirtHost(
                qemu: qemu, libvirt: libvirt, firmwareInterfaces: ["uefi"], scsiDevices: [],
                hasNUMADaemon: false, numaNodes: [0])
        }
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

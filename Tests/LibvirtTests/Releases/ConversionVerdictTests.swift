import BerthDiagnostics
import BerthLibvirtEditing
import BerthStack
import BerthTopology
import Foundation
import TestSupport
import Testing

/// What `convert` makes of every recorded document that a libvirt defines, and of what that libvirt wrote back: the same bytes
/// that it defined when they were recorded (`Tests/Recorders/conversions.py`).
@Suite struct ConversionVerdictTests {
    private struct Row: Decodable {
        var recording: String
        var name: String
        /// `xml` or `assigned`.
        var source: String
        var to: String
        /// The 64-bit FNV-1a of the conversion; none where `convert` refuses.
        var hash: String?
        /// `ok`, libvirt's message, or `refused`.
        var define: String
    }

    /// How many there are of each release, and how many no pc has room for.
    private static let expected = ["9.0": (160, 0), "11.3": (290, 6), "12.8": (344, 6)]

    @Test(arguments: [LibvirtRelease(9, 0), LibvirtRelease(11, 3), LibvirtRelease(12, 8)])
    func `the libvirt of the release defines every conversion`(release: LibvirtRelease) throws {
        let number = "\(release.major).\(release.minor)"
        let file = Recorded.folder("libvirt").appendingPathComponent("conversions-\(number).json")
        let rows = try JSONDecoder().decode([Row].self, from: Data(contentsOf: file))
        let documents = try Self.documents(of: release)
        let stack = try #require(Stack.named.first { $0.libvirt == release })
        var differing: [String] = []
        for row in rows {
            let label = "\(row.recording) \(row.name) \(row.source) to \(row.to): \(row.define)"
            guard let text = documents["\(row.recording) \(row.name) \(row.source)"],
                let machine = MachineType(rawValue: row.to)
            else {
                differing.append(label)
                continue
            }
            let result = try MachineConversion.convert(
                Array(text.utf8), file: "f", to: machine, stack: StackChoice(named: stack))
            let isRefused = result.findings.contains { $0.severity == .error }
            let isSame = isRefused ? row.define == "refused" : Self.hash(result.bytes) == row.hash && row.define == "ok"
            if !isSame { differing.append(label) }
        }
        #expect(differing == [])
        let counts = Self.expected[number]
        #expect(rows.count == counts?.0)
        #expect(rows.count { $0.define == "refused" } == counts?.1)
    }

    private static func documents(of release: LibvirtRelease) throws -> [String: String] {
        var found: [String: String] = [:]
        for source in RecordedRelease.all where source.libvirt == release {
            for document in try source.read() {
                found["\(source) \(document.name) xml"] = document.xml
                found["\(source) \(document.name) assigned"] = document.written
            }
        }
        return found
    }

    private static func hash(_ bytes: [UInt8]) -> String {
        let value = bytes.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
        let text = String(value, radix: 16)
        return String(repeating: "0", count: 16 - text.count) + text
    }
}

import BerthDiagnostics
import BerthLibvirtDomain
import BerthLibvirtRules
import BerthStack
import BerthXML
import Foundation
import TestSupport
import Testing

/// Drawn documents with one change each: accepted by schema, define and domxml-to-native of this machine's libvirt exactly
/// where there is no error here. One half has everything that sits on PCI, the other disks, processors, memory, tuning,
/// character devices, displays and the rest; most changes leave a document that follows the schema.
///
/// `BERTH_LIVE_CHANGES` says how many (200), `BERTH_LIVE_CHANGE_SEED` the seed of the first; one that differs is named
/// by its own seed. `BERTH_LIVE_CHANGE_FILES` is a directory for those that differ. `BERTH_LIVE_STACK` and `BERTH_LIVE_ROOT` ask
/// another libvirt (`LiveLibvirt`).
struct LiveVerdictTests {
    @Test func `libvirt has our verdict on changed documents`() async throws {
        let live = LiveLibvirt.current
        let schema = try #require(
            try? RelaxNGSchema(path: live.schemaPath), "install the Debian package libvirt0")
        var host = Validating.recordedHost
        (host.qemu, host.libvirt) = (live.stack.qemu, live.stack.libvirt)
        host.numaNodes = live.root == nil ? host.numaNodes : live.numaNodes
        let validator = DomainValidator(schema: schema, host: host)
        let environment = ProcessInfo.processInfo.environment
        let count = environment["BERTH_LIVE_CHANGES"].flatMap { UInt64($0) } ?? 200
        let first = environment["BERTH_LIVE_CHANGE_SEED"].flatMap { UInt64($0) } ?? 40_000
        print("changes \(first) to \(first + count - 1)")
        var (accepted, refused, valid, sameText) = (0, 0, 0, 0)
        for start in stride(from: first, to: first + count, by: 100) {
            let drawn = try (start..<min(start + 100, first + count)).map {
                try Self.draw($0, schema, host.libvirt ?? .newestMeasured)
            }
            let verdicts = try await RealLibvirt.shared.verdicts(on: drawn.map(\.document))
            for (changed, verdict) in zip(drawn, verdicts) {
                let xml = changed.document.xml
                let isAccepted = changed.isValid && verdict.definition != nil && verdict.devices != nil
                let errors = validator.validate(Array(xml.utf8), file: "f.xml").filter {
                    $0.severity == .error && !Self.rulesOfQEMU.contains($0.rule)
                }
                if isAccepted { accepted += 1 } else { refused += 1 }
                if changed.isValid { valid += 1 }
                if let said = verdict.refusal, errors.contains(where: { said.hasSuffix($0.message) }) { sameText += 1 }
                guard errors.isEmpty != isAccepted else { continue }
                if let directory = environment["BERTH_LIVE_CHANGE_FILES"] {
                    try xml.write(
                        toFile: "\(directory)/\(changed.document.name).xml", atomically: true, encoding: .utf8)
                }
                Issue.record(
                    """
                    BERTH_LIVE_CHANGES=1 BERTH_LIVE_CHANGE_SEED=\(changed.document.name.dropFirst()): \
                    \(changed.description): libvirt: \(changed.isValid ? "valid" : "invalid"), \
                    \(verdict.refusal ?? "defined"), \
                    \(verdict.devices == nil ? "no arguments" : "arguments"); here: \(errors)
                    """)
            }
        }
        print(
            "\(accepted) accepted, \(refused) refused, \(valid) valid, \(sameText) refused at define in the same words")
        #expect(accepted > count / 8)
        #expect(refused > count / 8)
    }

    /// What QEMU refuses when libvirt starts it; libvirt itself asks nobody and defines such a domain.
    private static let rulesOfQEMU: Set<RuleID> = [
        "argument-words", "commandline-property", "commandline-property-type", "fw-cfg-once", "override-address",
        "override-property",
    ]

    private struct Changed {
        var document: RandomDomain
        var description: String
        var isValid: Bool
    }

    /// Draws again, at most six times, while the schema alone refuses the change.
    private static func draw(_ seed: UInt64, _ schema: RelaxNGSchema, _ libvirt: LibvirtRelease) throws -> Changed {
        let name = "c\(seed)"
        var original =
            seed.isMultiple(of: 2) ? RandomDomain(seed: seed, name: name) : try RandomDomain(richSeed: seed, name: name)
        original.addLaterPieces(seed: seed, of: libvirt)
        var changed = Changed(document: original, description: "", isValid: false)
        for attempt in 0..<UInt64(6) {
            let change = try DocumentChange(
                of: original.xml, seed: seed &+ attempt &* 1_000_003, for: libvirt)
            changed.document.xml = change.xml
            changed.description = change.description
            changed.isValid = schema.validate(change.xml, file: "f").isEmpty
            if changed.isValid { break }
        }
        return changed
    }
}

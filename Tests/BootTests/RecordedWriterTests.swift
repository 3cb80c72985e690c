import BerthBoot
import BerthPCI
import BerthRehearsal
import BerthStack
import BerthTopology
import Foundation
import TestSupport
import Testing

/// Guests whose BDSM and ASLS Berth's option ROM wrote: what it did, what became of it under Linux.
struct RecordedWriterTests {
    static let kinds = ["writer", "stacks/trixie/writer", "stacks/sid/writer"]

    @Test(arguments: kinds)
    func `predictions equal the recordings`(kind: String) throws {
        var counts: [String: (exact: Int, total: Int)] = [:]
        for (name, recorded) in try Self.cases(kind) {
            let difference = try RecordedComparison.firstDifference(recorded)
            let key = "\(recorded.machine) \(recorded.firmware)\(recorded.linux == true ? " linux" : "")"
            counts[key, default: (0, 0)].total += 1
            if let difference {
                Issue.record("\(name): \(difference)")
            } else {
                counts[key, default: (0, 0)].exact += 1
            }
        }
        for (key, count) in counts.sorted(by: { $0.key < $1.key }) {
            print("\(kind) \(key): \(count.exact) of \(count.total)")
        }
    }

    @Test(arguments: kinds)
    func `what the ROM said is what was predicted`(kind: String) throws {
        for (name, recorded) in try Self.cases(kind) {
            let topology = try recorded.topology(source: name)
            let tree = try topology.resolved()
            let outcome = FirmwareModels.model(for: topology.firmware).boot(topology, tree)
            guard let said = recorded.observed?.writer else { continue }
            let lines = said.filter { $0.hasPrefix("register") }.map(Self.withoutReason)
            // It runs again with a warm reset, and not when the guest wakes up from S3.
            let boots = 1 + (recorded.actions ?? []).filter { $0.reboot == true }.count
            let expected = outcome.writerResults.map(Self.line)
            #expect(Array(repeating: expected, count: boots).flatMap { $0 } == lines, "\(name)")
            let isThere = outcome.writerResult(for: .opRegion).map { $0.failure == nil } ?? false
            // SeaBIOS's own copy is there where the ROM leaves the register alone.
            let isCopied = topology.firmwareKind.readsIGDFiles && topology.hasFirmwareFile(FirmwareFile.opRegion)
            if let seen = recorded.observed?.opRegionIsThere { #expect(seen == (isThere || isCopied), "\(name)") }
        }
    }

    /// As Firmware/core.c says it.
    private static func line(_ result: RegisterWriterResult) -> String {
        var text = "register \(result.region == .opRegion ? "ASLS" : "BDSM")"
        if let found = result.found { text += " at \(String(found, radix: 16))" }
        if let moved = result.moved { text += " moved to \(String(moved, radix: 16))" }
        return text + (result.failure == nil ? " written" : " left alone")
    }

    /// `register 5c at 0 left alone: …`: without the reason and an address that is none, with the register's name.
    private static func withoutReason(_ line: String) -> String {
        var text = String(line.prefix { $0 != ":" }).replacing("register 5c", with: "register BDSM")
        text = text.replacing("register c0", with: "register BDSM").replacing("register fc", with: "register ASLS")
        return text.replacing(" at 0 left", with: " left")
    }

    private static func cases(_ kind: String) throws -> [(name: String, recorded: RecordedCase)] {
        try Recorded.cases(kind).map { file in
            let name = file.deletingPathExtension().lastPathComponent
            return (name, try RecordedCase.read(try Data(contentsOf: file), file: name))
        }
    }
}

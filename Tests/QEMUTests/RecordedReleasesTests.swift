import BerthDiagnostics
import BerthQEMU
import BerthStack
import BerthTopology
import Foundation
import TestSupport
import Testing

/// What three releases of QEMU said, against the reader.
struct RecordedReleasesTests {
    static let releases = ["7.2", "10.0", "11.1"]

    private struct Line: Decodable {
        var arguments: String
        var verdicts: [Verdict]

        struct Verdict: Decodable {
            var releases: [String]
            /// QEMU's words.
            var refused: String?
        }
    }

    private struct Model: Decodable {
        var model: String
        var absent: String?
        var vendor: String?
        var physBits: Int?
        var giantPages: Bool?
    }

    private func choice(_ release: String) -> StackChoice { StackChoice(qemu: QEMURelease(grammar: release)) }

    /// A property that a release does not have is said, and the guest read all the same; a sound card without its audio
    /// back end is an error.
    @Test func `what only some releases refuse is refused by release`() throws {
        let data = try Data(contentsOf: Recorded.folder("verdicts.json"))
        var count = 0
        for line in try JSONDecoder().decode([Line].self, from: data) {
            let words = line.arguments.split(separator: " ").map(String.init)
            for verdict in line.verdicts {
                for release in verdict.releases {
                    guard let refused = verdict.refused else {
                        #expect(refusals(of: words, release).isEmpty, "\(line.arguments) on \(release)")
                        continue
                    }
                    guard let expected = expectation(refused, release) else { continue }
                    count += 1
                    #expect(
                        refusals(of: words, release).contains { $0.contains(expected) },
                        "\(line.arguments) on \(release): \(refused)")
                }
            }
        }
        #expect(count > 30)
    }

    /// What the reader has to say where QEMU said so; nil for what is not the reader's.
    private func expectation(_ refusal: String, _ release: String) -> String? {
        if refusal.hasPrefix("no default audio driver available") { return "no default audio driver available" }
        guard let match = refusal.firstMatch(of: /^Property '([^.']+)\.([^']+)' not found/),
            !refusal.contains("-machine.")
        else { return nil }
        return "QEMU \(release) refuses '\(match.1)' with '\(match.2)', which it does not have"
    }

    /// Errors, and warnings that QEMU refuses something.
    private func refusals(of words: [String], _ release: String) -> [String] {
        do throws(InputError) {
            return try CommandLineReader.read(words, stack: choice(release)).findings.map(\.message)
                .filter { $0.contains(" refuses ") }
        } catch {
            return error.findings.map(\.message)
        }
    }

    @Test func `a release has the machine types that it takes`() throws {
        let data = try Data(contentsOf: Recorded.folder("verdicts.json"))
        var count = 0
        for line in try JSONDecoder().decode([Line].self, from: data) {
            guard let name = line.arguments.split(separator: " ").last, line.arguments.hasPrefix("-nodefaults -M pc-"),
                let machine = Machine(name: String(name)), let version = machine.version
            else { continue }
            for verdict in line.verdicts {
                for release in verdict.releases {
                    let qemu = try #require(QEMURelease(grammar: release))
                    count += 1
                    #expect(
                        qemu.hasMachine(version, isQ35: machine.type == .q35) == (verdict.refused == nil),
                        "\(name) on \(release)")
                }
            }
        }
        #expect(count > 60)
    }

    @Test(arguments: releases)
    func `every processor model is what TCG made of it`(release: String) throws {
        let data = try Data(contentsOf: Recorded.folder("processors-\(release).json"))
        let models = try JSONDecoder().decode([Model].self, from: data)
        #expect(models.count > 130)
        for fact in models {
            let words = ["-accel", "tcg", "-cpu", fact.model]
            if fact.absent != nil {
                #expect(throws: (any Error).self) { try CommandLineReader.read(words, stack: choice(release)) }
                continue
            }
            let processor = try CommandLineReader.read(words, stack: choice(release)).topology.processor
            #expect(processor.vendor == Processor.Vendor(identification: fact.vendor ?? ""), "\(fact.model)")
            #expect(processor.physicalAddressBits == fact.physBits, "\(fact.model)")
            #expect(processor.hasGiantPages == fact.giantPages, "\(fact.model)")
        }
    }
}

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

    /// Devices and properties that only some releases take.
    @Test func `what only some releases refuse is refused by release`() throws {
        let data = try Data(contentsOf: Recorded.folder("verdicts.json"))
        var count = 0
        for line in try JSONDecoder().decode([Line].self, from: data) {
            for verdict in line.verdicts {
                let words = line.arguments.split(separator: " ").map(String.init)
                for release in verdict.releases {
                    let isProperty = verdict.refused.map {
                        $0.hasPrefix("Property '") && !$0.contains("machine.") || $0.hasPrefix("no default audio")
                    }
                    guard isProperty ?? false, let expected = verdict.refused?.split(separator: "\n").first else {
                        continue
                    }
                    count += 1
                    do throws(InputError) {
                        let stack = choice(release)
                        _ = try CommandLineReader.read(words, stack: stack)
                        Issue.record("\(line.arguments) is taken for \(release): \(expected)")
                    } catch {
                        #expect(
                            error.findings.contains { $0.message.contains(expected) }, "\(line.arguments): \(error)")
                    }
                    // Those that take it have nothing against it.
                    for other in line.verdicts where other.refused == nil {
                        for release in other.releases {
                            #expect(throws: Never.self, "\(line.arguments) on \(release)") {
                                _ = try CommandLineReader.read(words, stack: choice(release))
                            }
                        }
                    }
                }
            }
        }
        #expect(count > 30)
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

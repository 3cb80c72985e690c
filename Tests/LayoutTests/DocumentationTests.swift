import BerthBundled
import BerthDiagnostics
import BerthPlacement
import BerthStack
import BerthTopology
import Foundation
import TestSupport
import Testing

/// What can be named in a file or on the command line is documented.
struct DocumentationTests {
    private func page(_ name: String) throws -> String {
        try String(contentsOf: PackageRoot.url.appendingPathComponent("docs/\(name)"), encoding: .utf8)
    }

    @Test(arguments: [
        ("the file", TopologyFile.keys), ("processor", TopologyFile.processorKeys), ("igd", IGDSection.keys),
        ("rom", IGDSection.romKeys), ("devices", DeviceSection.keys), ("bars", DeviceSection.barKeys),
    ])
    func `every key of a topology file has a row`(section: String, keys: [String]) throws {
        let text = try page("topology-files.md")
        let heading = try #require(
            text.range(of: "\n## Keys of `\(section)`\n") ?? text.range(of: "\n## Keys of \(section)\n"))
        let rest = text[heading.upperBound...]
        let body = rest.range(of: "\n## ").map { rest[..<$0.lowerBound] } ?? rest
        let rows = body.split(separator: "\n").filter { $0.hasPrefix("| `") }
        let named = rows.compactMap { $0.split(separator: "`").dropFirst().first.map(String.init) }
        #expect(named.sorted() == keys.sorted())
        for row in rows { #expect(row.split(separator: "|").count == 5, "\(row)") }
    }

    @Test func `every strategy has a section`() throws {
        let text = try page("strategies.md")
        for strategy in Strategies.all { #expect(text.contains("\n## `\(strategy.id)`\n"), "\(strategy.id)") }
    }

    @Test func `every idea that was proposed in public is carried out by a strategy`() throws {
        let ideas = [
            "1a", "1b", "2", "3", "4a", "4b", "2a", "LS", "FB-O", "bit 0", "crosvm-MMIO", "Z", "FW", "FW!", "BAR5",
            "LPC",
            "DUM", "OTH", "BRG", "DIR, identity-DSM", "TXT", "hide-GMS", "fixed-DSM", "host-base RAM", "mirror-more",
            "host-told DSM", "no-DSM",
        ]
        let rows = try page("strategies.md").split(separator: "\n").filter {
            $0.hasPrefix("| OpRegion |") || $0.hasPrefix("| stolen memory |")
        }.map { $0.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) } }
        #expect(rows.map { $0[1] } == ideas)
        var named: Set<String> = []
        for row in rows {
            let names = row[3].split(separator: "`", omittingEmptySubsequences: false).enumerated().filter {
                $0.offset % 2 == 1
            }.map { String($0.element) }
            let strategies = names.compactMap { Strategies.strategy(StrategyID(rawValue: $0)) }
            #expect(!strategies.isEmpty, "\(row)")
            let region: Region = row[0] == "OpRegion" ? .opRegion : .stolenMemory
            for strategy in strategies {
                named.insert(strategy.id.rawValue)
                #expect(try proposes(strategy, region), "\(strategy.id) has nothing for \(region.name)")
            }
        }
        // What is left is what nobody proposed.
        #expect(Set(Strategies.all.map(\.id.rawValue)).subtracting(named) == ["unnamed-combination"])
    }

    /// For one of the bundled guests at least.
    private func proposes(_ strategy: any Strategy, _ region: Region) throws -> Bool {
        try BundledTopologies.names.contains { name in
            guard let guest = try BundledTopologies.topology(named: name) else { return false }
            return [QEMURelease(7, 2), QEMURelease(10, 1)].contains { release in
                var guest = guest
                guest.qemu = release
                return Request(guest).map { !strategy.proposals(for: region, in: $0).isEmpty } ?? false
            }
        }
    }

    @Test func `every rule has a section`() throws {
        let text = try page("rules.md")
        for rule in Rules.all { #expect(text.contains("\n## `\(rule.id)`\n"), "\(rule.id)") }
    }

    @Test func `every problem has a row, and every one of the 27 an answer`() throws {
        let text = try page("problems.md")
        for problem in Problems.all {
            #expect(
                text.contains("| `\(problem.id)` | \(problem.scope == .region ? "region" : "guest") |"), "\(problem.id)"
            )
        }
        let rows = text.split(separator: "\n").filter { $0.first == "|" && $0.dropFirst(2).first?.isNumber == true }
        let struggles = rows.filter { $0.split(separator: "|").count == 3 }
        #expect(struggles.count == 27)
        for row in struggles {
            let answer = row.split(separator: "|")[2]
            let names = answer.split(separator: "`").map(String.init).filter {
                Problems.problem(RuleID(rawValue: $0)) != nil
            }
            #expect(!names.isEmpty || answer.hasPrefix(" not known"), "\(row)")
        }
    }

    @Test func `every bundled topology is listed`() throws {
        let text = try page("topology-files.md")
        for name in BundledTopologies.names { #expect(text.contains("| `\(name)` |"), "\(name)") }
    }

    @Test func `the examples of the page on topology files can be read`() throws {
        let blocks = try page("topology-files.md").components(separatedBy: "```yaml\n").dropFirst()
        #expect(blocks.count >= 3)
        for block in blocks {
            let text = String(block.prefix(upTo: try #require(block.range(of: "```")).lowerBound))
            _ = try TopologyFile.read(Array(text.utf8), file: "docs/topology-files.md")
        }
    }
}

/// Device models with a behaviour of their own: a file is a type is an entry.
struct DeviceRegistryTests {
    @Test func `the registry of behaviours equals the folder`() throws {
        let files = try SourceFile.below("Sources/Topology/Devices").filter { file in
            file.lines.contains { $0.contains(": DeviceBehaviour {") }
        }
        let names = files.map { $0.path.split(separator: "/").last.map { String($0.dropLast(6)) } ?? "" }
        #expect(DeviceBehaviours.typeNames.sorted() == names)
    }
}

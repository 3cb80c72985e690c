import Foundation
import TestSupport
import Testing

/// From which release of libvirt on something holds, or until which, as the sources say it: every `LibvirtSpan` with two numbers.
struct LibvirtThresholdTests {
    private struct Threshold: Comparable {
        var release: (major: Int, minor: Int)
        var isStart: Bool
        var subject: String
        var evidence: String
        var file: String

        var cells: [String] {
            ["\(release.major).\(release.minor)", isStart ? "from" : "before", subject, evidence, file]
        }
        private var key: [String] { [subject, file, isStart ? "0" : "1", evidence] }

        static func < (a: Self, b: Self) -> Bool {
            a.release != b.release ? a.release < b.release : a.key.lexicographicallyPrecedes(b.key)
        }
        static func == (a: Self, b: Self) -> Bool { a.cells == b.cells }
    }

    @Test func `thresholds of libvirt`() throws {
        var found: [Threshold] = []
        for folder in ["LibvirtDomain", "LibvirtRules"] {
            let root = PackageRoot.url.appendingPathComponent("Sources/\(folder)")
            let files = try #require(FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil))
            for case let file as URL in files where file.pathExtension == "swift" {
                let name = String(file.path.dropFirst(PackageRoot.url.path.count + "/Sources/".count))
                found += thresholds(try String(contentsOf: file, encoding: .utf8), file: name)
            }
        }
        var rows: [[String]] = []
        for threshold in found.sorted() where rows.last != threshold.cells { rows.append(threshold.cells) }
        #expect(rows.count > 90)
        #expect(rows.allSatisfy { !$0[3].isEmpty })
        try MarkedTable.expect(
            rows, under: ["libvirt", "holds", "what", "source", "in"], named: "thresholds of libvirt",
            in: "docs/libvirt-releases.md")
    }

    private func thresholds(_ text: String, file: String) -> [Threshold] {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        var found: [Threshold] = []
        // Where the declaration begins that a line is in.
        var start = 0
        for (number, line) in lines.enumerated() {
            if line.firstMatch(of: /^ {0,4}[a-z ]*(static let|let|func|var|init|case|enum|struct|extension) ?/) != nil {
                start = number
            }
            for match in line.matches(of: /\.(since|until)\((\d+), (\d+)\)/) {
                guard let major = Int(match.2), let minor = Int(match.3) else { continue }
                let declaration = Array(
                    lines[start..<lines.count].prefix { !$0.hasPrefix("    }") || $0 == lines[start] })
                found.append(
                    Threshold(
                        release: (major, minor), isStart: match.1 == "since",
                        subject: subject(line, lines[start...number], name: lines[start]),
                        evidence: evidence(lines[..<number], declaration, above: lines[..<start]), file: "`\(file)`"))
            }
        }
        return found
    }

    /// A rule's id, a name of a list, or the declaration.
    private func subject(_ line: String, _ lines: ArraySlice<String>, name: String) -> String {
        if let names = line.firstMatch(of: /adding\(((?:"[^"]+"(?:, )?)+), for:/) {
            return "`\(names.1.replacing("\"", with: ""))`"
        }
        if let key = line.firstMatch(of: /"([^"]+)": \.since/) { return "`\(key.1)`" }
        let first = lines.prefix(4).joined(separator: " ")
        if let id = first.firstMatch(of: /"([a-z0-9]+(?:-[a-z0-9]+)+)", "/) { return "`\(id.1)`" }
        let word =
            name.firstMatch(of: /(?:let|func|var|case|enum|struct|extension) ([A-Za-z.]+)/).map { String($0.1) }
            ?? "init"
        return "`\(word)`"
    }

    /// The comment above the line, the sources of the rule, or the comment above the declaration.
    private func evidence(_ before: ArraySlice<String>, _ declaration: [String], above: ArraySlice<String>) -> String {
        let near = before.suffix(3).map { $0.trimmingCharacters(in: .whitespaces) }.filter { $0.hasPrefix("// ") }
        if !near.isEmpty { return near.map { String($0.dropFirst(3)) }.joined(separator: " ") }
        let sources = declaration.joined(separator: " ").matches(of: /"(libvirt \d+\.\d+\.\d+ [^"]+)"/).map {
            String($0.1)
        }
        if let news = sources.first(where: { $0.contains("NEWS") }) ?? sources.last { return news }
        let comment = above.reversed().prefix { $0.trimmingCharacters(in: .whitespaces).hasPrefix("///") }
            .reversed().map { $0.trimmingCharacters(in: .whitespaces).drop { $0 == "/" || $0 == " " } }.joined(
                separator: " ")
        return comment.isEmpty ? "differs between the recordings of two releases" : comment
    }
}

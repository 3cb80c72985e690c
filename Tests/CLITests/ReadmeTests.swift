import Foundation
import TestSupport
import Testing

/// The README and the documentation show what the tool prints, not what somebody typed.
struct ReadmeTests {
    /// Between `<!-- run: berth ARGUMENTS -->` and `<!-- end -->` stands the output of the command.
    @Test(arguments: [("README.md", 3, 0), ("docs/validate.md", 1, 1)])
    func `a page shows real output`(page: String, samples: Int, status: Int32) async throws {
        let file = PackageRoot.url.appendingPathComponent(page)
        var outputs: [Substring: [String]] = [:]
        for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
            guard let arguments = Self.arguments(line) else { continue }
            let run = try await BuiltTool.run(arguments.split(separator: " ").map(String.init))
            #expect(run.status == status)
            outputs[arguments] =
                ["", "    $ berth \(arguments)"]
                + run.output.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map {
                    $0.isEmpty ? "" : "    \($0)"
                } + [""]
        }
        #expect(outputs.count == samples)
        try Golden.expect(partOf: page) { text in
            var lines: [String] = []
            var isInside = false
            for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
                if line == "<!-- end -->" { isInside = false }
                if !isInside { lines.append(String(line)) }
                guard let output = Self.arguments(line).flatMap({ outputs[$0] }) else { continue }
                lines += output
                isInside = true
            }
            return lines.joined(separator: "\n")
        }
    }

    private static func arguments(_ line: Substring) -> Substring? {
        guard line.hasPrefix("<!-- run: berth "), line.hasSuffix(" -->") else { return nil }
        return line.dropFirst("<!-- run: berth ".count).dropLast(" -->".count)
    }
}

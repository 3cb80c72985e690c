import Foundation
import TestSupport
import Testing

/// The README shows what the tool prints, not what somebody typed.
struct ReadmeTests {
    /// Between `<!-- run: berth ARGUMENTS -->` and `<!-- end -->` stands the output of the command.
    @Test func `the README shows real output`() async throws {
        let file = PackageRoot.url.appendingPathComponent("README.md")
        var lines: [String] = []
        var isInside = false
        var commands = 0
        for line in try String(contentsOf: file, encoding: .utf8).split(
            separator: "\n", omittingEmptySubsequences: false)
        {
            if line == "<!-- end -->" { isInside = false }
            if !isInside { lines.append(String(line)) }
            guard line.hasPrefix("<!-- run: berth "), line.hasSuffix(" -->") else { continue }
            let arguments = line.dropFirst("<!-- run: berth ".count).dropLast(" -->".count)
            let run = try await BuiltTool.run(arguments.split(separator: " ").map(String.init))
            #expect(run.status == 0)
            lines += ["", "    $ berth \(arguments)"]
            lines += run.output.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map {
                $0.isEmpty ? "" : "    \($0)"
            }
            lines += [""]
            commands += 1
            isInside = true
        }
        #expect(commands == 3)
        try Golden.expect(lines.joined(separator: "\n"), equals: "README.md")
    }
}

import Foundation
package import Testing

/// Tables of the documentation that are made from registries. They stand between `<!-- table NAME -->` and
/// `<!-- end of table -->`; `make docs-tables` writes them.
package enum MarkedTable {
    /// Compares the table of this name on a page with what it should be.
    package static func expect(
        _ rows: [[String]], under heading: [String], named name: String, in path: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let text = try String(contentsOf: PackageRoot.url.appendingPathComponent(path), encoding: .utf8)
        let start = "<!-- table \(name) -->\n"
        guard let before = text.range(of: start),
            let after = text.range(of: "<!-- end of table -->", range: before.upperBound..<text.endIndex)
        else {
            Issue.record("\(path) has no place for the table '\(name)'", sourceLocation: sourceLocation)
            return
        }
        func line(_ cells: [String]) -> String {
            "| \(cells.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ")) |\n"
        }
        let rule = "|" + heading.map { _ in "---|" }.joined() + "\n"
        let page =
            text[..<before.upperBound] + line(heading) + rule + rows.map(line).joined() + text[after.lowerBound...]
        try Golden.expect(String(page), equals: path, sourceLocation: sourceLocation)
    }
}

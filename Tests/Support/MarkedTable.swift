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
        func line(_ cells: [String]) -> String {
            "| \(cells.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ")) |\n"
        }
        let rule = "|" + heading.map { _ in "---|" }.joined() + "\n"
        try Golden.expect(partOf: path, sourceLocation: sourceLocation) { text in
            guard let before = text.range(of: "<!-- table \(name) -->\n"),
                let after = text.range(of: "<!-- end of table -->", range: before.upperBound..<text.endIndex)
            else {
                Issue.record("\(path) has no place for the table '\(name)'", sourceLocation: sourceLocation)
                return text
            }
            return text[..<before.upperBound] + line(heading) + rule + rows.map(line).joined()
                + text[after.lowerBound...]
        }
    }
}

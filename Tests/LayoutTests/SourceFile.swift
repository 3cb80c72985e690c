import Foundation
import TestSupport

/// A Swift file of the package, by lines.
struct SourceFile {
    var path: String
    var lines: [String]

    /// All of a folder.
    static func below(_ folder: String) throws -> [SourceFile] {
        try PackageRoot.files(below: folder, suffix: ".swift").map { name in
            let path = "\(folder)/\(name)"
            let text = try String(contentsOf: PackageRoot.url.appendingPathComponent(path), encoding: .utf8)
            return SourceFile(
                path: path, lines: text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init))
        }
    }

    /// Folder below `Sources`, which names the floor.
    var folder: String { path.split(separator: "/").dropFirst().first.map(String.init) ?? "" }

    /// On Linux: where FoundationEssentials is no module, Foundation stands in.
    var imports: [String] {
        lines.indices.compactMap { index in
            let line = lines[index]
            if index > 2, lines[index - 1] == "#else", lines[index - 3] == "#if canImport(FoundationEssentials)" {
                return nil
            }
            let words = line.split(separator: " ").filter {
                !["public", "package", "internal", "@_exported", "@testable"].contains($0)
            }
            return words.count == 2 && words[0] == "import" ? String(words[1]) : nil
        }
    }

    /// Lines with code: without comments and without the text of string literals.
    var code: [(number: Int, text: String)] {
        var isInLiteral = false
        var result: [(Int, String)] = []
        for (index, line) in lines.enumerated() {
            let quotes = line.components(separatedBy: "\"\"\"").count - 1
            if isInLiteral {
                if quotes > 0 { isInLiteral = false }
                continue
            }
            if quotes == 1 { isInLiteral = true }
            result.append((index + 1, Self.withoutText(line)))
        }
        return result
    }

    /// Literals become empty; what follows `//` goes.
    private static func withoutText(_ line: String) -> String {
        var kept = ""
        var isInside = false
        var previous: Character = " "
        for character in line {
            if character == "\"", previous != "\\" {
                isInside.toggle()
                kept.append(character)
            } else if !isInside {
                kept.append(character)
                if kept.hasSuffix("//") { return String(kept.dropLast(2)) }
            }
            previous = previous == "\\" ? " " : character
        }
        return kept
    }
}

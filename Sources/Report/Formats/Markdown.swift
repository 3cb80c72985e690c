/// Pieces of Markdown.
enum Markdown {
    /// Nothing in it is taken for markup; a name comes from the user's file.
    static func escaped(_ text: String) -> String {
        var result = ""
        for character in text {
            if "\\`*_{}[]<>#|".contains(character) { result.append("\\") }
            result.append(character.isNewline ? " " : character)
        }
        return result
    }

    /// A pipe table, cells escaped.
    static func table(_ head: [String], _ rows: [[String]]) -> String {
        let lines = [head, head.map { _ in "---" }] + rows
        return lines.enumerated().map { index, cells in
            "| " + cells.map { index == 1 ? $0 : escaped($0) }.joined(separator: " | ") + " |\n"
        }.joined()
    }
}

package import BerthDiagnostics

/// What a shell would replace by something that is not in the text: `$ROM`, `${ROM}`, `$(nproc)`.
package struct ShellExpansion: Hashable, Sendable {
    /// As it is written.
    package var text: String
    package var location: SourceLocation
    var kind: Kind

    enum Kind: Hashable, Sendable {
        /// A variable, and what stands for it where it is not set.
        case variable(String, fallback: String?)
        /// All elements of an array.
        case array(String)
        /// `$@`, the script's own arguments.
        case arguments
        /// What takes a shell to work out.
        case command
    }

    /// Reads what stands between braces: `NAME`, `NAME[@]`, `NAME:-fallback`.
    static func kind(inBraces text: Substring) -> Kind {
        if text == "@" || text == "*" { return .arguments }
        let name = text.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
        let rest = text.dropFirst(name.count)
        guard !name.isEmpty else { return .command }
        if rest.isEmpty { return .variable(String(name), fallback: nil) }
        if rest == "[@]" || rest == "[*]" { return .array(String(name)) }
        for mark in [":-", "-", ":=", "="] where rest.hasPrefix(mark) {
            let fallback = String(rest.dropFirst(mark.count))
            return fallback.contains("$") ? .command : .variable(String(name), fallback: fallback)
        }
        return .command
    }
}

/// A word as it is written.
struct ShellWord: Hashable, Sendable {
    struct Piece: Hashable, Sendable {
        enum Content: Hashable, Sendable { case text(String), expansion(ShellExpansion) }
        var content: Content
        /// Between quotes, so that blanks in what it stands for do not part words.
        var isQuoted: Bool
    }

    var pieces: [Piece] = []
    var location: SourceLocation

    /// The text, where nothing is to be replaced.
    var plain: String? {
        var text = ""
        for piece in pieces {
            guard case .text(let part) = piece.content else { return nil }
            text += part
        }
        return text
    }

    /// `NAME=` or `NAME+=` at its start, outside of quotes.
    var assignment: (name: String, isAppended: Bool, length: Int)? {
        guard let first = pieces.first, !first.isQuoted, case .text(let text) = first.content else { return nil }
        let name = text.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
        guard let start = name.first, !start.isNumber else { return nil }
        let rest = text.dropFirst(name.count)
        if rest.hasPrefix("+=") { return (String(name), true, name.count + 2) }
        return rest.hasPrefix("=") ? (String(name), false, name.count + 1) : nil
    }
}

/// What a shell parts a text into.
enum ShellToken: Hashable, Sendable {
    case word(ShellWord)
    /// `NAME=(…)` and `NAME+=(…)`.
    case array(name: String, isAppended: Bool, [ShellWord])
    /// `;`, `&&`, `|`, `>` and the like.
    case operation(String, at: SourceLocation)
    /// The end of a line, and whether a comment stood before it.
    case newline(afterComment: Bool)
}

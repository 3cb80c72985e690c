/// Words as `virBufferEscapeShell` writes them: quoted with `'` where needed, a quote as `'\''`, a backslash before
/// the end of a line joins it with the next.
package enum QuotedWords {
    package static func split(_ text: String) -> [String] {
        var words: [String] = []
        var word: String?
        var isQuoted = false
        var characters = text.makeIterator()
        while let character = characters.next() {
            switch character {
            case "'":
                isQuoted.toggle()
                word = word ?? ""
            case "\\" where !isQuoted:
                if let next = characters.next(), next != "\n" { word = (word ?? "") + String(next) }
            case " " where !isQuoted, "\n" where !isQuoted:
                if let finished = word { words.append(finished) }
                word = nil
            default: word = (word ?? "") + String(character)
            }
        }
        if let finished = word { words.append(finished) }
        return words
    }
}

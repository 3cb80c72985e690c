import BerthDiagnostics

/// `args:`, parted into words as Perl's `shellwords` does it.
///
/// Source: `split_args` in PVE/Tools.pm of pve-common, which calls Text::ParseWords.
enum ArgumentText {
    /// `location` is that of the first character.
    static func words(_ text: String, at location: SourceLocation) -> [VMWord] {
        var words: [VMWord] = []
        var current: (text: String, column: Int)?
        var quote: Character?
        var isEscaped = false
        for (offset, character) in text.enumerated() {
            let column = current?.column ?? offset
            if isEscaped {
                // Between double quotes a backslash stands for itself, unless it is before one of these.
                let keeps = quote == "\"" && character != "\"" && character != "\\"
                current = ((current?.text ?? "") + (keeps ? "\\" : "") + String(character), column)
                isEscaped = false
            } else if character == "\\", quote != "'" {
                isEscaped = true
            } else if let open = quote {
                if character == open { quote = nil } else { current?.text.append(character) }
            } else if character == "\"" || character == "'" {
                quote = character
                current = (current?.text ?? "", column)
            } else if character.isWhitespace {
                if let word = current { words.append(VMWord(text: word.text, location: place(location, word.column))) }
                current = nil
            } else {
                current = ((current?.text ?? "") + String(character), column)
            }
        }
        // What a quote that is not closed leaves open, Perl gives nothing for; QEMU then starts without any of it.
        guard quote == nil else { return [] }
        if let word = current { words.append(VMWord(text: word.text, location: place(location, word.column))) }
        return words
    }

    private static func place(_ location: SourceLocation, _ column: Int) -> SourceLocation {
        SourceLocation(file: location.file, line: location.line, column: location.column + column)
    }

    /// A word as `shellwords` reads it back.
    static func quoted(_ word: String) -> String {
        let isPlain = !word.isEmpty && !word.contains { $0.isWhitespace || "\"'\\".contains($0) }
        return isPlain ? word : "\"" + word.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }
}
